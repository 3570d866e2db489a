import { describe, expect, it } from 'vitest'
import { classify } from '../../../electron/rotation/classification/classify.ts'
import { providerFamilies } from '../../../electron/rotation/classification/verdict.ts'
import type { ErrorRow } from './provider-errors/error-row.ts'
import { providerErrors } from './provider-errors/rows.ts'

const wallMs = Date.UTC(2026, 0, 1)

function judged(row: ErrorRow) {
  const body = typeof row.body === 'string' ? row.body : JSON.stringify(row.body)
  return classify(
    {
      kind: 'answer',
      status: row.status,
      headers: row.headers ?? {},
      contentType: row.contentType ?? 'application/json',
      body,
    },
    { provider: row.provider, model: row.model ?? 'gpt-4o', wallMs, secrets: ['sk-canary-0123456789abcdef'] },
  )
}

describe.each(providerFamilies.filter((family) => family !== 'generic'))('%s', (family) => {
  const rows = providerErrors.filter((row) => row.provider === family)

  it.each(rows)('$status, $what: $expect.kind ($source)', (row) => {
    expect(judged(row)).toMatchObject({ status: row.status, ...row.expect })
  })
})

describe('every row', () => {
  it.each(providerErrors)('is told without a key in it: $provider, $what', (row) => {
    const told = judged(row).providerMessage ?? ''
    expect(told.length).toBeLessThanOrEqual(300)
    expect(told).not.toMatch(/sk-proj|AIza|ak-[a-z0-9]{8}|\*\*\*/)
  })
})
