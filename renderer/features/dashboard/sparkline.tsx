import { memo } from 'react'
import { sparklinePath, type SparklineScale } from './sparkline-geometry.ts'

const size = { width: 124, height: 28 }

/** The trend of a figure. The figure beside it says the number, so that this is decoration for who cannot see it. */
export const Sparkline = memo(function Sparkline({
  values,
  colour,
  scale,
}: {
  values: readonly (number | null)[]
  colour: string
  scale: SparklineScale
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
      <path d={sparklinePath(values, size, scale)} vectorEffect="non-scaling-stroke" />
    </svg>
  )
})
