import { createInstance } from 'i18next'
import { expect, it } from 'vitest'
import { decisionText } from '../../../renderer/features/activity/decision-text.ts'
import { en } from '../../../renderer/i18n/en.ts'
import { zhCN } from '../../../renderer/i18n/zh-CN.ts'
import { DecisionView } from '../../../shared/decision.ts'
import { exclusions, type Exclusion } from '../../../shared/decision-terms.ts'

const i18n = createInstance()
await i18n.init({ lng: 'en', resources: { en, 'zh-CN': zhCN }, interpolation: { escapeValue: false } })

const decision = (reason: Exclusion): DecisionView =>
  DecisionView.parse({
    atMs: 0,
    keyId: '01890a5d-ac96-774b-bcce-b302099a8057',
    strategy: 'ordered',
    rule: 'first-in-order',
    usable: 2,
    tried: 1,
    excluded: Object.fromEntries(exclusions.map((one) => [one, one === reason ? 1 : 0])),
    nearest: [{ keyId: '01890a5d-ac96-774b-bcce-b302099a8058', label: 'acct-5', reason, backAtMs: 300_000 }],
  })

const inLanguage = (reason: Exclusion, language: 'en' | 'zh-CN') =>
  decisionText(decision(reason), i18n.getFixedT(language, 'activity'), language)

it('says of a key that is refused when it is tried again, and never that it comes back', () => {
  for (const reason of ['rejected', 'exhausted', 'not-allowed'] as const) {
    expect(inLanguage(reason, 'en').nearest[0]).toMatch(/^acct-5: .*, tried again in 5/)
    expect(inLanguage(reason, 'zh-CN').nearest[0]).toMatch(/^acct-5：.*后再试$/)
  }
})

it('says of a key that waits when it is back', () => {
  expect(inLanguage('cooling', 'en').nearest).toEqual(['acct-5: cooling, back in 5 min'])
  expect(inLanguage('cooling', 'zh-CN').nearest[0]).toMatch(/后恢复$/)
})

it('tells how many keys there were to choose from, how many were tried, and why the others were left out', () => {
  expect(inLanguage('paused', 'en')).toMatchObject({
    rule: 'It is the first key in the order that could be used.',
    candidates: '2 keys could be used at that moment · 1 had been tried already',
    excluded: ['1 paused'],
  })
})
