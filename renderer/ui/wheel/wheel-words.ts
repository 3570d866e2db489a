import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyState, KeyView } from '../../../shared/key.ts'
import { formatSpan } from '../format.ts'
import { returnsAtMs } from '../returns-at.ts'

/** What the wheel draws of a key. */
export type WheelKey = Pick<KeyView, 'id' | 'label' | 'state' | 'weight'>

/** What the wheel says of each key: the word under its number, and the sentence for whoever does not see it. */
export function useWheelWords(keys: readonly WheelKey[], isWeighted: boolean, nowMs: number) {
  const { t, i18n } = useTranslation('wheel')
  const { t: stateText } = useTranslation('key-state')
  const seconds = Math.ceil(nowMs / 1_000)
  return useMemo(() => {
    const atMs = seconds * 1_000
    const back = (untilMs: number) => formatSpan(untilMs - atMs, i18n.language)
    const wordOf = (state: KeyState) => {
      const word = state.kind === 'not-allowed' ? t('notAllowed') : stateText(state.kind)
      return state.kind === 'cooling' && state.untilMs > atMs ? `${word} ${back(state.untilMs)}` : word
    }
    const described = keys.map((key, index) => {
      const untilMs = returnsAtMs(key.state)
      const testMs = key.state.kind === 'rejected' ? key.state.nextTestMs : null
      const parts = [
        t('described', { number: index + 1, label: key.label, state: stateText(key.state.kind) }),
        ...(untilMs !== null && untilMs > atMs ? [t('back', { wait: back(untilMs) })] : []),
        ...(testMs !== null && testMs > atMs ? [t('tested', { wait: back(testMs) })] : []),
        ...(isWeighted ? [t('weight', { weight: key.weight })] : []),
      ]
      return parts.join(', ')
    })
    return { described, words: keys.map(({ state }) => wordOf(state)) }
  }, [keys, isWeighted, seconds, t, stateText, i18n.language])
}
