import { t } from 'i18next'
import { create } from 'zustand'
import type { HeaderId, KeyId, ModelId } from '../../../shared/identity.ts'
import { client } from '../../app/client.ts'
import { isPresenting, usePresentation } from '../../app/presentation.ts'
import { currentRoute } from '../../app/router.ts'
import { attempt, showDone } from '../../app/toast.tsx'
import { useVault } from '../../app/vault-store.ts'
import { formatSpan } from '../../ui/format.ts'

/** A secret is in the page from the person's gesture until it hides again, and nowhere in it after that. */
export interface Shown {
  /** A key, or the value of a header. */
  what: 'key' | 'header'
  label: string
  secret: string
  untilMs: number
  /** It was to be copied, and the clipboard would not take it. */
  uncopied: boolean
}

export interface Which<Id = KeyId> {
  modelId: ModelId
  id: Id
  label: string
}

export const shownForMs = 20_000

export const useReveal = create<{ shown: Shown | null }>(() => ({ shown: null }))

export const hideSecret = (): void => useReveal.setState({ shown: null })

type Told = Pick<Shown, 'what' | 'label' | 'secret'>

/** Not to whoever has gone to another view meanwhile: nothing there would hide it again. */
const show = (told: Told, uncopied = false) => {
  if (currentRoute().view !== 'models') return
  useReveal.setState({ shown: { ...told, uncopied, untilMs: Date.now() + shownForMs } })
}

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
    show({ what: 'key', label, secret })
  })

export const revealHeader = ({ modelId, id, label }: Which<HeaderId>): void =>
  attempt(async () => {
    const { secret } = await client.models.revealHeader({ modelId, id })
    show({ what: 'header', label, secret })
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

export const copySecret = async (told: Told): Promise<void> => {
  const { what, label } = told
  const left = await toClipboard(told.secret)
  if (left === null) showDone(t(what === 'key' ? 'models:reveal.copiedBrowser' : 'models:headers.copied', { label }))
  else if (isPresenting()) showDone(t('shell:toast.notCopied'))
  else show({ ...told, secret: left }, true)
}

export const copyKey = ({ modelId, id, label }: Which): void =>
  attempt(async () => {
    const { secret, clearedAfterMs } = await client.keys.copy({ modelId, id })
    if (secret !== null) return copySecret({ what: 'key', label, secret })
    const span = clearedAfterMs === null ? null : formatSpan(clearedAfterMs, t('failures:locale'), 'long')
    showDone(span === null ? t('models:reveal.copied', { label }) : t('models:reveal.copiedCleared', { label, span }))
    return undefined
  })
