import * as z from 'zod'
import type { DecisionView } from '../../shared/decision.ts'
import { exclusionCodes } from './codes.ts'

/** What many decisions in a row have in common, small: why keys were out, and which were back soonest. */
const Standing = z.tuple([
  z.array(z.tuple([z.number(), z.number()])),
  z.array(z.tuple([z.number(), z.number(), z.number()])),
])

/** Null when no key was out. */
export function standingText(
  { excluded, nearest }: Pick<DecisionView, 'excluded' | 'nearest'>,
  nameOf: (keyId: string, label: string) => number,
): string | null {
  const counts = exclusionCodes.names.flatMap((reason, code) =>
    excluded[reason] > 0 ? [[code, excluded[reason]]] : [],
  )
  if (counts.length === 0 && nearest.length === 0) return null
  const soonest = nearest.map(({ keyId, label, reason, backAtMs }) => [
    nameOf(keyId, label),
    exclusionCodes.codeOf(reason),
    Math.round(backAtMs),
  ])
  return JSON.stringify([counts, soonest])
}

export interface NamedKey {
  keyId: string
  label: string
}

export function readStanding(
  text: string | null,
  keyOf: (name: number) => NamedKey | undefined,
): Pick<DecisionView, 'excluded' | 'nearest'> {
  const [counts, soonest] = text === null ? [[], []] : Standing.parse(JSON.parse(text))
  const excluded = Object.fromEntries(exclusionCodes.names.map((reason) => [reason, 0])) as DecisionView['excluded']
  for (const [code, n] of counts) {
    const reason = exclusionCodes.nameOf(code)
    if (reason) excluded[reason] = n
  }
  const nearest = soonest.flatMap(([name, code, backAtMs]) => {
    const key = keyOf(name)
    const reason = exclusionCodes.nameOf(code)
    return key && reason ? [{ ...key, reason, backAtMs } as DecisionView['nearest'][number]] : []
  })
  return { excluded, nearest }
}
