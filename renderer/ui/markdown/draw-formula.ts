import { render } from 'katex'

const limits = { maxExpand: 200, maxSize: 20 }

/** False for what is no formula; nothing is drawn then. Commands that reach outside of the formula are refused. */
export function drawFormula(place: HTMLElement, source: string, isBlock: boolean): boolean {
  try {
    render(source, place, { ...limits, displayMode: isBlock, output: 'mathml', trust: false, strict: 'ignore' })
    return true
  } catch {
    place.replaceChildren()
    return false
  }
}
