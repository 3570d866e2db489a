import { IconBell } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openNotices, useNotices } from './notices.ts'
import classes from './top-bar.module.css'

/** The way to what was said before, with a mark while something has not been looked at. */
export function NoticesButton() {
  const { t } = useTranslation('shell')
  const unread = useNotices((store) => store.unread)
  const failed = useNotices((store) => store.notices.slice(0, store.unread).some(({ tone }) => tone === 'failure'))
  const label = unread === 0 ? t('notices.open') : t('notices.openUnread', { count: unread })
  return (
    <button
      type="button"
      className={classes['pill']}
      data-square
      aria-label={label}
      title={label}
      onClick={openNotices}
    >
      <IconBell size={16} aria-hidden="true" />
      {unread > 0 && <i className={classes['unread']} data-tone={failed ? 'failure' : 'done'} />}
    </button>
  )
}
