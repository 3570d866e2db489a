import { t } from 'i18next'
import { create } from 'zustand'
import type { KeyId, ModelId } from '../../../shared/identity.ts'
import { client } from '../../app/client.ts'
import { isPresenting, usePresentation } from '../../app/presentation.ts'
import { attempt, showDone } from '../../app/toast.tsx'
import { useVault } from '../../app/vault-store.ts'
import { formatSpan } from '../../ui/format.ts'

/** A secret is in the page from the person's gesture until it hides again, and nowhere in it after that. */
export interface Shown {
  label: string
  secret: string
  untilMs: number
  /** It was to be copied, and the clipboard would not take it. */
  uncopied: boolean
}

export interface Which {
  modelId: ModelId
  id: KeyId
  label: string
}

export const shownForMs = 20_000

export const useReveal = create<{ shown: Shown | null }>(() => ({ shown: null }))

export const hideSecret = (): void => useReveal.setState({ shown: null })

const show = (label: string, secret: string, uncopied = false) =>
  useReveal.setState({ shown: { label, secret, uncopied, untilMs: Date.now() + shownForMs } })

// Whichever way the interface or the vault was locked, by a person, by time or elsewhere.
useVault.subscribe(({ status }) => {
  if (status?.interface !== 'open') hideSecret()
})

usePresentation.subscribe(({ isOn }) => {
  if (isOn) hideSecret()
})

export const revealKey = ({ modelId, id, label }: Which): void =>
  attempt(async () => {
    const { secret } = await client.keys.reveal({ modelId, id })
    show(label, secret)
  })

/** Null when the clipboard took it, else the secret for the person to copy by hand. */
async function toClipboard(secret: string): Promise<string | null> {
  try {
    await navigator.clipboard.writeText(secret)
    return null
  } catch {
    // A browser may refuse without a gesture of its own; then the person copies what is shown.
    return secret
  }
}

export const copySecret = async (label: string, secret: string): Promise<void> => {
  const left = await toClipboard(secret)
  if (left === null) showDone(t('models:reveal.copiedBrowser', { label }))
  else if (isPresenting()) showDone(t('shell:toast.notCopied'))
  else show(label, left, true)
}

export const copyKey = ({ modelId, id, label }: Which): void =>
  attempt(async () => {
    const { secret, clearedAfterMs } = await client.keys.copy({ modelId, id })
    if (secret !== null) return copySecret(label, secret)
    const span = clearedAfterMs === null ? null : formatSpan(clearedAfterMs, t('failures:locale'), 'long')
    showDone(span === null ? t('models:reveal.copied', { label }) : t('models:reveal.copiedCleared', { label, span }))
    return undefined
  })
