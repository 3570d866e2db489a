import type { ReactNode } from 'react'
import classes from './word-pill.module.css'

interface WordPillProps {
  tone?: 'plain' | 'good' | 'new' | 'odd' | 'bad' | 'own'
  children: ReactNode
}

/** A word that says at a glance what a row is about; its colour says nothing that the word does not. */
export function WordPill({ tone = 'plain', children }: WordPillProps) {
  return (
    <span className={classes['pill']} data-tone={tone}>
      {children}
    </span>
  )
}
