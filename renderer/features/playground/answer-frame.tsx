import { t } from 'i18next'
import { useMemo, useState, type ReactNode } from 'react'
import { copyText } from '../../app/copy-text.ts'
import { useSettings } from '../../app/settings-store.ts'
import { MarkdownContext } from '../../ui/markdown/actions.ts'
import { LinkQuestion } from './link-question.tsx'

const copy = (text: string): void => void copyText(text, t('answer:copied'))

/** What foreign text may do here: be copied, and have its links asked about. */
export function AnswerFrame({ children }: { children: ReactNode }) {
  const latex = useSettings((store) => store.settings.formulas)
  const [asked, setAsked] = useState<URL | null>(null)
  const mode = useMemo(() => ({ copy, latex, openLink: (address: URL) => ask(address, setAsked) }), [latex])
  return (
    <MarkdownContext value={mode}>
      {children}
      {asked && <LinkQuestion address={asked} onClose={() => setAsked(null)} />}
    </MarkdownContext>
  )
}

/** On the desktop main asks, with a dialogue that no page can draw over. */
function ask(address: URL, inPage: (address: URL) => void): void {
  if (window.keywheel?.host === 'electron') window.open(address.href, '_blank', 'noopener,noreferrer')
  else inPage(address)
}
