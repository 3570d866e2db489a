import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { formatSpan } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import forms from './model-forms.module.css'
import classes from './models.module.css'
import { copySecret, hideSecret, shownForMs, useReveal, type Shown } from './reveal.ts'
import { Dialog } from '../../ui/dialog.tsx'

/** Hides when its time is up and when nobody may be looking at this window any more. */
function useHiding(untilMs: number): void {
  useEffect(() => {
    const timer = setTimeout(hideSecret, Math.max(0, untilMs - Date.now()))
    const hideUnseen = () => {
      if (document.hidden) hideSecret()
    }
    window.addEventListener('blur', hideSecret)
    window.addEventListener('pagehide', hideSecret)
    document.addEventListener('visibilitychange', hideUnseen)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('blur', hideSecret)
      window.removeEventListener('pagehide', hideSecret)
      document.removeEventListener('visibilitychange', hideUnseen)
    }
  }, [untilMs])
}

function Secret({ shown }: { shown: Shown }) {
  const { secret, untilMs, uncopied } = shown
  const { t, i18n } = useTranslation('models')
  const nowMs = useNow()
  useHiding(untilMs)
  // The clock of the page ticks once a second, and may be behind the moment at which this was shown.
  const left = formatSpan(Math.min(shownForMs, untilMs - nowMs), i18n.language)
  return (
    <div className={forms['form']}>
      <code className={forms['secret']} translate="no">
        {secret}
      </code>
      <p className={classes['dim']} style={{ margin: 0 }}>
        {t(uncopied ? 'reveal.uncopied' : 'reveal.text')}
      </p>
      <div className={forms['formActions']}>
        <Button onClick={hideSecret} data-autofocus>
          {t('reveal.hide')}
        </Button>
        {!uncopied && (
          <Button variant="default" onClick={() => void copySecret(shown)}>
            {t('reveal.copyShown')}
          </Button>
        )}
        <span className={classes['dim']} data-apart>
          {t('reveal.hidesIn', { left })}
        </span>
      </div>
    </div>
  )
}

/** One secret as it is, for twenty seconds. Without a closing animation: what is hidden is gone at once. */
export function RevealDialog() {
  const { t } = useTranslation('models')
  const shown = useReveal((store) => store.shown)
  useEffect(() => hideSecret, [])
  if (shown === null) return null
  return (
    <Dialog
      onClose={hideSecret}
      title={t(shown.what === 'key' ? 'reveal.title' : 'headers.shown', { label: shown.label })}
      transitionProps={{ duration: 0 }}
      closeLabel={t('reveal.hide')}
    >
      <Secret shown={shown} />
    </Dialog>
  )
}
