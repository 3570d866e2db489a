import type { SimulatorDeps } from './simulator.ts'

type Pace = NonNullable<SimulatorDeps['pace']>

const names = ['limitedEvery', 'retryAfterMs', 'quotaCalls', 'slowFirstByteMs', 'wordDelayMs'] as const

/** `KEYWHEEL_SIMULATOR_PACE=retryAfterMs=2000,wordDelayMs=0`: a rehearsal or a test need not wait as a person would. */
export function readPace(env: Readonly<Record<string, string | undefined>>): Pace {
  const pace: Pace = {}
  for (const part of (env['KEYWHEEL_SIMULATOR_PACE'] ?? '').split(',')) {
    const [given = '', value = ''] = part.trim().split('=')
    const name = names.find((known) => known === given)
    if (name !== undefined && /^\d{1,7}$/.test(value)) pace[name] = Number(value)
  }
  return pace
}
