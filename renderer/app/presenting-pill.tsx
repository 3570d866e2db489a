import { IconEyeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { usePresentation } from './presentation.ts'
import { useSettings } from './settings-store.ts'
import { attempt } from './toast.tsx'
import classes from './top-bar.module.css'

/** Says that presentation mode is on, so that nobody wonders where the keys went; a click ends it. */
export function PresentingPill() {
  const { t } = useTranslation('shell')
  const isOn = usePresentation((store) => store.isOn)
  const change = useSettings((store) => store.change)
  if (!isOn) return null
  return (
    <button
      type="button"
      className={classes['pill']}
      data-tone="warn"
      title={t('presenting.hint')}
      onClick={() => attempt(() => change({ presentation: false }))}
    >
      <IconEyeOff size={15} aria-hidden="true" />
      <span>{t('presenting.on')}</span>
      <span className="kw-visually-hidden">{`. ${t('presenting.hint')}`}</span>
    </button>
  )
}
