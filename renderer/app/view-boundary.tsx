import { Component, type ReactNode } from 'react'

interface ViewBoundaryProps {
  /** What to show instead of a view that failed; `again` draws the view anew. */
  fallback: (again: () => void) => ReactNode
  children: ReactNode
}

/** A view that fails takes nothing else with it. Give it the view's name as key, so that another view starts afresh. */
export class ViewBoundary extends Component<ViewBoundaryProps, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return this.props.fallback(() => this.setState({ failed: false }))
  }
}
