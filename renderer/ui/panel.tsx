import { useId, type ReactNode } from 'react'
import classes from './panel.module.css'

interface PanelProps {
  title: string
  aside?: ReactNode
  children: ReactNode
}

/** A titled part of a view. */
export function Panel({ title, aside, children }: PanelProps) {
  const id = useId()
  return (
    <section className={classes['panel']} aria-labelledby={id}>
      <header className={classes['head']}>
        <h2 className={classes['title']} id={id}>
          {title}
        </h2>
        {aside !== undefined && <div className={classes['aside']}>{aside}</div>}
      </header>
      <div className={classes['body']}>{children}</div>
    </section>
  )
}
