import { memo } from 'react'
import { sparklinePath } from './sparkline-geometry.ts'

const size = { width: 124, height: 28 }

/** The trend of a figure. The figure beside it says the number, so that this is decoration for who cannot see it. */
export const Sparkline = memo(function Sparkline({
  values,
  colour,
}: {
  values: readonly (number | null)[]
  colour: string
}) {
  return (
    <svg
      aria-hidden="true"
      width="100%"
      height={size.height}
      viewBox={`0 0 ${size.width} ${size.height}`}
      preserveAspectRatio="none"
      fill="none"
      stroke={colour}
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={sparklinePath(values, size)} vectorEffect="non-scaling-stroke" />
    </svg>
  )
})
