import { Button, Drawer } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useReturnedFocus } from '../ui/dialog.tsx'
import { formatRelative } from '../ui/format.ts'
import { keepsFocus } from '../ui/kept-focus.ts'
import { useNow } from '../ui/use-now.ts'
import { closeNotices, forgetNotices, useNotices, type Notice } from './notices.ts'
import classes from './past-notices.module.css'
import { undoNotice } from './toast.tsx'

function Entry({ notice, nowMs }: { notice: Notice; nowMs: number }) {
  const { t, i18n } = useTranslation('shell')
  const { id, atMs, tone, text, next, undo } = notice
  return (
    <li className={classes['entry']} data-tone={tone}>
      <div className={classes['words']}>
        <p className={classes['text']}>{text}</p>
        {next !== null && <p className={classes['next']}>{next}</p>}
        <time className={classes['next']} dateTime={new Date(atMs).toISOString()}>
          {formatRelative(Math.min(atMs, nowMs), nowMs, i18n.language)}
          {undo?.state === 'done' && ` · ${t('notices.undone')}`}
        </time>
      </div>
      {undo !== null && undo.state !== 'done' && (
        <Button
          size="compact-sm"
          variant="default"
          loading={undo.state === 'running'}
          aria-label={t('notices.undoLabel', { what: text })}
          onClick={() => undoNotice(id)}
        >
          {t('toast.undo')}
        </Button>
      )}
    </li>
  )
}

/** What was said in this session: a toast that went too fast is read here, and taken back. */
export function PastNotices() {
  const { t } = useTranslation('shell')
  useReturnedFocus()
  const notices = useNotices((store) => store.notices)
  const nowMs = useNow()
  return (
    <Drawer
      opened
      onClose={closeNotices}
      position="right"
      size={380}
      title={t('notices.title')}
      closeButtonProps={{ 'aria-label': t('notices.close') }}
    >
      {notices.length === 0 ? (
        <p className={classes['next']}>{t('notices.empty')}</p>
      ) : (
        <div ref={keepsFocus}>
          <ul className={classes['list']} aria-label={t('notices.title')}>
            {notices.map((notice) => (
              <Entry key={notice.id} notice={notice} nowMs={nowMs} />
            ))}
          </ul>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={forgetNotices}>
            {t('notices.clear')}
          </Button>
        </div>
      )}
    </Drawer>
  )
}
