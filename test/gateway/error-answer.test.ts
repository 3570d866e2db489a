import { describe, expect, it } from 'vitest'
import { errorAnswer } from '../../electron/gateway/error-answer.ts'
import { requestFailureCodes, type RequestFailure, type RequestFailureCode } from '../../shared/request.ts'
import { aKeyId, anOutcome } from '../support/events.ts'

const aFailure = (code: RequestFailureCode, over: Partial<RequestFailure> = {}): RequestFailure => ({
  code,
  model: 'glm-4.7',
  host: 'open.bigmodel.cn',
  outcome: null,
  keys: [],
  retryAtMs: null,
  ...over,
})

describe('the answer to a failed request', () => {
  it.each(requestFailureCodes)('has a status and a sentence for %s', (code) => {
    const { status, body } = errorAnswer(aFailure(code))
    expect(status).toBeGreaterThanOrEqual(400)
    expect(body.error).toMatchObject({ code, type: 'keywheel_error' })
    expect(body.error.message).toMatch(/^[A-Z/].*[.]$|^open\..*[.]$/)
  })

  it('says for every key why it is out and when it is back', () => {
    const untilMs = Date.UTC(2026, 0, 1)
    const keys = [
      {
        keyId: aKeyId('1'),
        label: 'lab',
        state: { kind: 'cooling' as const, untilMs, announced: true },
        lastFailure: null,
      },
      { keyId: aKeyId('2'), label: 'team', state: { kind: 'rejected' as const, nextTestMs: null }, lastFailure: null },
    ]
    const { body, status } = errorAnswer(aFailure('keys_unavailable', { keys }))
    expect(status).toBe(429)
    expect(body.error.keywheel.keys).toEqual([
      { label: 'lab', state: 'cooling', back_at: '2026-01-01T00:00:00.000Z' },
      { label: 'team', state: 'rejected', back_at: null },
    ])
    expect(body.error.message).toContain('lab is cooling until 2026-01-01T00:00:00.000Z; team is rejected')
  })

  it("keeps the provider's status for a fault of the caller and quotes it as the provider's words", () => {
    const outcome = anOutcome({ kind: 'caller-fault', status: 422, providerMessage: 'temperature is too high' })
    const { status, body } = errorAnswer(aFailure('caller_fault', { outcome }))
    expect(status).toBe(422)
    expect(body.error.message).toContain('in its words: “temperature is too high”')
  })
})
