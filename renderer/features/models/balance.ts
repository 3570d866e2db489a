import { getFixedT, t } from 'i18next'
import { create } from 'zustand'
import type { Balance } from '../../../shared/balance.ts'
import type { KeyId } from '../../../shared/identity.ts'
import type { KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { client } from '../../app/client.ts'
import { oneLine, outcomeSentence } from '../../app/failure-message.ts'
import { attempt, showDone } from '../../app/toast.tsx'
import { hostOf } from './providers.ts'
import { formatSentences } from '../../ui/format.ts'
import { numberFormat } from '../../ui/intl.ts'

const money = ({ amount, currency }: { amount: number; currency: string }, language: string) =>
  `${numberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 4 }).format(amount)} ${currency}`

type Known = Extract<Balance, { kind: 'known' }>

function knownSentence({ left, used, enough }: Known, label: string): string {
  const language = t('failures:locale')
  const amount = left.map((one) => money(one, language)).join(' + ')
  const sentences = [
    amount === '' ? t('models:balance.unlimited', { label }) : t('models:balance.left', { label, amount }),
    used === null ? '' : t('models:balance.used', { amount: money(used, language) }),
    enough === false ? t('models:balance.notEnough') : '',
  ]
  return formatSentences(sentences, language)
}

/** What a provider said of a key's account. */
function sentenceOf(balance: Balance, label: string, host: string): string {
  if (balance.kind === 'known') return knownSentence(balance, label)
  if (balance.kind === 'not-offered') return t('models:balance.notOffered', { host })
  if (balance.kind === 'not-understood') return t('models:balance.notUnderstood', { host })
  const failureText = getFixedT(null, 'failures')
  return oneLine(outcomeSentence(balance.outcome, label, host, failureText), failureText)
}

/** What was last heard of a key's account in this session, in a few words. */
export const useBalances = create<ReadonlyMap<KeyId, string>>(() => new Map())

function keep(id: KeyId, balance: Balance): void {
  if (balance.kind !== 'known' || balance.left.length === 0) return
  const text = balance.left.map((one) => money(one, t('failures:locale'))).join(' + ')
  useBalances.setState(new Map(useBalances.getState()).set(id, text), true)
}

/** Asks the provider once, because a person wants to know. */
export const showBalance = (model: ModelView, { id, label }: KeyView): void =>
  attempt(async () => {
    const balance = await client.keys.balance({ modelId: model.id, id })
    keep(id, balance)
    showDone(sentenceOf(balance, label, hostOf(model.apiBase)))
  })
