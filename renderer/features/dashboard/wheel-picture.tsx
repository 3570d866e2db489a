import { memo, useLayoutEffect, useMemo, useRef } from 'react'
import type { KeyStateKind, KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { liveFeed } from '../../app/live-feed.ts'
import { KeyStateShape } from '../../ui/key-state-shape.tsx'
import classes from './wheel.module.css'
import {
  arcPath,
  arcsOf,
  capInsetDeg,
  labelDeg,
  labelDensity,
  pointAt,
  shareLeft,
  strokeWidth,
  turnTo,
  type Arc,
  type Point,
} from './wheel-geometry.ts'

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

function leftOf(model: ModelView, key: KeyView, nowMs: number): number {
  const { state } = key
  if (!('untilMs' in state) || state.untilMs === null) return 1
  const period = liveFeed.history.periods(model.id, key.id).at(-1)
  const fromMs = period?.toMs === null ? period.fromMs : (key.lastUsedAtMs ?? -Infinity)
  // A four-hundredth is less than a pixel of the longest arc: nothing is drawn again for less.
  return Math.round(shareLeft(fromMs, state.untilMs, nowMs) * 400) / 400
}

interface WheelPictureProps {
  model: ModelView
  currentKeyId: string | null
  nowMs: number
  label: string
  titles: readonly string[]
  /** What each key's state is called, with the time it waits where it cools down. */
  words: readonly string[]
}

export function WheelPicture({ model, currentKeyId, nowMs, label, titles, words }: WheelPictureProps) {
  const { keys } = model
  // Only one strategy heeds the weights; elsewhere arcs of unequal length would promise unequal shares.
  const weights = keys.map((key) => (model.strategy === 'weighted' ? key.weight : 1)).join(' ')
  const arcs = useMemo(() => arcsOf(weights === '' ? [] : weights.split(' ').map(Number)), [weights])
  const density = labelDensity(keys.length)
  const stroke = strokeWidth(keys.length)
  const current = keys.findIndex((key) => key.id === currentKeyId)
  const next = keys.findIndex((key) => key.id === model.nextKeyId)
  const target = arcs[current]
  const nextArc = arcs[next]
  return (
    <svg className={classes['wheel']} viewBox="0 0 240 240" role="img" aria-label={label}>
      {keys.map((key, index) => {
        const arc = arcs[index]
        return (
          arc && (
            <ArcShape
              key={key.id}
              arc={arc}
              kind={key.state.kind}
              stroke={stroke}
              left={leftOf(model, key, nowMs)}
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
      {nextArc && next !== current && <NextMark arc={nextArc} />}
      <Pointer targetDeg={target ? labelDeg(target) : null} />
    </svg>
  )
}
