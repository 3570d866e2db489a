import { useTranslation } from 'react-i18next'
import { Panel } from '../../ui/panel.tsx'
import classes from './gateway.module.css'
import { Snippets } from './snippets.tsx'
import { tokenVariable } from '../../app/snippet-text.ts'

/** How a program is led through the gateway, at any time; the token is asked for by its variable. */
export function SnippetPanel({ baseUrl }: { baseUrl: string }) {
  const { t } = useTranslation('gateway')
  return (
    <Panel title={t('snippets.title')}>
      <p className={classes['panelText']}>{t('snippets.text', { variable: tokenVariable })}</p>
      <Snippets baseUrl={baseUrl} token={null} allowed={null} />
    </Panel>
  )
}
