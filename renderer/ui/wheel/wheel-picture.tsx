import { memo, useLayoutEffect, useMemo, useRef } from 'react'
import type { KeyStateKind } from '../../../shared/key.ts'
import { KeyStateShape } from '../key-state-shape.tsx'
import classes from './wheel.module.css'
import {
  arcPath,
  arcsOf,
  capInsetDeg,
  labelDeg,
  labelDensity,
  pointAt,
  strokeWidth,
  turnTo,
  type Arc,
  type Point,
} from './wheel-geometry.ts'
import type { WheelMark } from './wheel-mark.ts'
import type { WheelKey } from './wheel-words.ts'

const centre = { x: 120, y: 120 }
const radius = 100
const labelRadius = 72
/** With a word under its number a label is wider, and keeps clear of the arcs. */
const wordedRadius = 66
const crowdedNumberRadius = 84
const crowdedShapeRadius = 71
const nextRadius = 114
const calmPickMs = 400

interface ArcShapeProps {
  arc: Arc
  kind: KeyStateKind
  stroke: number
  /** What is left of its wait; 1 for a state without an end. */
  left: number
  current: boolean
  title: string
}

const colourOf = (kind: KeyStateKind) => `var(--kw-state-${kind})`

/** A key that waits drains: the part of its arc that is still bright is the part of its wait that is left. */
const ArcShape = memo(function ArcShape({ arc, kind, stroke, left, current, title }: ArcShapeProps) {
  const width = current ? stroke + 5 : stroke
  const inset = capInsetDeg(arc, radius, width)
  const fromDeg = arc.fromDeg + inset
  const toDeg = arc.toDeg - inset
  const drains = kind !== 'ready' && left < 1
  const brightToDeg = drains ? fromDeg + (toDeg - fromDeg) * left : toDeg
  const common = { fill: 'none', stroke: colourOf(kind), strokeWidth: width }
  return (
    <g strokeLinecap={inset === 0 ? 'butt' : 'round'}>
      <title>{title}</title>
      {drains && <path {...common} className={classes['drained']} d={arcPath(centre, radius, fromDeg, toDeg)} />}
      {left > 0 && (
        <path
          {...common}
          className={current ? classes['arcCurrent'] : classes['arc']}
          d={arcPath(centre, radius, fromDeg, brightToDeg)}
        />
      )}
    </g>
  )
})

interface ArcLabelProps {
  arc: Arc
  number: number
  kind: KeyStateKind
  /** What stands under the number; empty where there is no room for words. */
  word: string
  /** Beside each other while there is room, else the shape nearer to the centre than the number. */
  isWide: boolean
  current: boolean
}

const ArcLabel = memo(function ArcLabel({ arc, number, kind, word, isWide, current }: ArcLabelProps) {
  const deg = labelDeg(arc)
  const radiusOfLabel = !isWide ? crowdedNumberRadius : word === '' ? labelRadius : wordedRadius
  const place = offset(pointAt(centre, radiusOfLabel, deg), { x: 0, y: word === '' ? 0 : -6 })
  const shape = isWide
    ? offset(place, { x: 2, y: -6 })
    : offset(pointAt(centre, crowdedShapeRadius, deg), { x: -4, y: -4 })
  return (
    <g aria-hidden="true">
      <text
        className={current ? classes['arcNumberCurrent'] : classes['arcNumber']}
        x={isWide ? place.x - 3 : place.x}
        y={place.y}
        textAnchor={isWide ? 'end' : 'middle'}
        dominantBaseline="central"
        fontSize={isWide ? 13 : 9}
      >
        {number}
      </text>
      <g transform={`translate(${shape.x.toFixed(1)} ${shape.y.toFixed(1)})`} style={{ color: colourOf(kind) }}>
        <KeyStateShape kind={kind} size={isWide ? 12 : 8} />
      </g>
      {word !== '' && (
        <text className={classes['arcWord']} x={place.x} y={place.y + 16} textAnchor="middle" fill={colourOf(kind)}>
          {word}
        </text>
      )}
    </g>
  )
})

const offset = ({ x, y }: Point, by: Point): Point => ({ x: x + by.x, y: y + by.y })

/** Points at the key that was picked last; turned directly, so that a pick costs no rendering of the wheel. */
function Pointer({ targetDeg }: { targetDeg: number | null }) {
  const needle = useRef<SVGGElement>(null)
  const turned = useRef<number | null>(null)
  const turnedAtMs = useRef(-Infinity)
  useLayoutEffect(() => {
    if (targetDeg === null || needle.current === null) return
    // Picks that come faster than the needle turns would leave it pointing at none of them.
    const nowMs = performance.now()
    needle.current.style.transition = nowMs - turnedAtMs.current < calmPickMs ? 'none' : ''
    turnedAtMs.current = nowMs
    turned.current = turned.current === null ? targetDeg : turnTo(turned.current, targetDeg)
    needle.current.style.transform = `rotate(${turned.current}deg)`
  }, [targetDeg])
  return (
    <g ref={needle} className={classes['pointer']} aria-hidden="true">
      {targetDeg !== null && <path d="M120 120V80" />}
      <circle cx={centre.x} cy={centre.y} r="5.5" />
    </g>
  )
}

function NextMark({ arc }: { arc: Arc }) {
  const deg = labelDeg(arc)
  const { x, y } = pointAt(centre, nextRadius, deg)
  return (
    <path
      className={classes['nextMark']}
      d="M-4.5 -4 L4.5 -4 L0 3.5 Z"
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${deg})`}
      aria-hidden="true"
    />
  )
}

const markRadius = 120
/** With more arcs than these the words outside would touch. */
const markedKeys = 12
const plainBox = '0 0 240 240'
/** Room for the words outside the circle. */
const markedBox = '-24 -10 288 264'

function Mark({ arc, mark: { kind, text } }: { arc: Arc; mark: WheelMark }) {
  const { x, y } = pointAt(centre, markRadius, labelDeg(arc))
  const side = Math.abs(x - centre.x) < 12 ? 'middle' : x < centre.x ? 'end' : 'start'
  return (
    <text
      className={classes['mark']}
      x={x}
      y={y}
      textAnchor={side}
      dominantBaseline="central"
      fill={colourOf(kind)}
      aria-hidden="true"
    >
      {text}
    </text>
  )
}

interface WheelPictureProps {
  keys: readonly WheelKey[]
  /** Only one strategy heeds the weights; elsewhere arcs of unequal length would promise unequal shares. */
  isWeighted: boolean
  currentKeyId: string | null
  nextKeyId: string | null
  /** What is left of each key's wait, from 1 to 0. */
  left: readonly number[]
  /** The picture in a sentence. */
  label: string
  titles: readonly string[]
  /** What each key's state is called, with the time it waits where it cools down. */
  words: readonly string[]
  /** By the key's id. */
  marks?: ReadonlyMap<string, WheelMark>
}

/** A four-hundredth is less than a pixel of the longest arc: nothing is drawn again for less. */
const rounded = (share: number) => Math.round(share * 400) / 400

export function WheelPicture(props: WheelPictureProps) {
  const { keys, isWeighted, currentKeyId, nextKeyId, left, label, titles, words, marks } = props
  const weights = keys.map((key) => (isWeighted ? key.weight : 1)).join(' ')
  const arcs = useMemo(() => arcsOf(weights === '' ? [] : weights.split(' ').map(Number)), [weights])
  const density = labelDensity(keys.length)
  const stroke = strokeWidth(keys.length)
  const current = keys.findIndex((key) => key.id === currentKeyId)
  const next = keys.findIndex((key) => key.id === nextKeyId)
  const target = arcs[current]
  const nextArc = arcs[next]
  return (
    <svg className={classes['wheel']} viewBox={marks ? markedBox : plainBox} role="img" aria-label={label}>
      {keys.map((key, index) => {
        const arc = arcs[index]
        return (
          arc && (
            <ArcShape
              key={key.id}
              arc={arc}
              kind={key.state.kind}
              stroke={stroke}
              left={rounded(left[index] ?? 1)}
              current={index === current}
              title={titles[index] ?? ''}
            />
          )
        )
      })}
      {density !== 'none' &&
        keys.map((key, index) => {
          const arc = arcs[index]
          return (
            arc && (
              <ArcLabel
                key={key.id}
                arc={arc}
                number={index + 1}
                kind={key.state.kind}
                word={density === 'words' ? (words[index] ?? '') : ''}
                isWide={density !== 'number'}
                current={index === current}
              />
            )
          )
        })}
      {marks !== undefined &&
        keys.length <= markedKeys &&
        keys.map((key, index) => {
          const [arc, mark] = [arcs[index], marks.get(key.id)]
          return arc && mark && <Mark key={key.id} arc={arc} mark={mark} />
        })}
      {nextArc && next !== current && <NextMark arc={nextArc} />}
      <Pointer targetDeg={target ? labelDeg(target) : null} />
    </svg>
  )
}
