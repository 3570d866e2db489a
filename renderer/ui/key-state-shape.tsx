import type { ReactNode } from 'react'
import type { KeyStateKind } from '../../shared/key.ts'

/** One shape a state, so that no state is told by colour alone. Drawn rather than typed: fonts lack some of the signs. */
const shapes: Record<KeyStateKind, ReactNode> = {
  ready: <circle cx="6" cy="6" r="4.5" fill="currentColor" stroke="none" />,
  cooling: (
    <>
      <circle cx="6" cy="6" r="4.5" />
      <path d="M6 6V1.5A4.5 4.5 0 0 1 10.5 6Z" fill="currentColor" stroke="none" />
    </>
  ),
  'at-limit': (
    <>
      <circle cx="6" cy="6" r="4.5" />
      <path d="M6 1.5a4.5 4.5 0 0 1 0 9Z" fill="currentColor" stroke="none" />
    </>
  ),
  probing: <path d="M6 1.2 10.8 6 6 10.8 1.2 6Z" />,
  exhausted: <circle cx="6" cy="6" r="4.5" strokeDasharray="1.6 1.55" />,
  rejected: <path d="m2.5 2.5 7 7m0-7-7 7" />,
  'not-allowed': (
    <>
      <circle cx="6" cy="6" r="4.7" />
      <path d="M3.8 6h4.4" />
    </>
  ),
  expired: (
    <>
      <circle cx="6" cy="6" r="4.7" />
      <path d="m2.8 9.2 6.4-6.4" />
    </>
  ),
  paused: <path d="M4 2.2v7.6M8 2.2v7.6" strokeWidth="2" />,
  'host-held': (
    <>
      <path d="M3.6 3.1a4.3 4.3 0 1 0 4.8 0" />
      <path d="M6 1.2v4" />
    </>
  ),
}

interface KeyStateShapeProps {
  kind: KeyStateKind
  size?: number
}

/** The drawing alone, in the colour of the text around it; the word beside it carries the meaning. */
export function KeyStateShape({ kind, size = 12 }: KeyStateShapeProps) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 12 12"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
    >
      {shapes[kind]}
    </svg>
  )
}
