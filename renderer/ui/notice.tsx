import type { ReactNode } from 'react'
import classes from './notice.module.css'

interface NoticeProps {
  tone: 'danger' | 'warn' | 'plain'
  title: string
  text?: string | undefined
  /** The next steps, as buttons. */
  children?: ReactNode
  /** Spoken at once when it appears; for the answer to something the person just did. */
  urgent?: boolean
}

/** A failure or a warning with what to do about it. */
export function Notice({ tone, title, text, children, urgent = false }: NoticeProps) {
  return (
    <div className={classes['notice']} data-tone={tone} role={urgent ? 'alert' : undefined}>
      <div className={classes['words']}>
        <p className={classes['title']}>{title}</p>
        {text !== undefined && text !== '' && <p className={classes['text']}>{text}</p>}
      </div>
      {children !== undefined && <div className={classes['actions']}>{children}</div>}
    </div>
  )
}
