import type { CSSProperties } from 'react'
import classes from './model-list.module.css'
import { presetAt } from '../../../shared/provider-presets.ts'
import { hostOf } from './providers.ts'

const plainHue = 220

/** One or two letters for the place that serves a model; its name stands beside it. */
export function ProviderMark({ apiBase }: { apiBase: string }) {
  const known = presetAt(apiBase)
  const initial = hostOf(apiBase)
    .replace(/^(?:api|www|open)\./, '')[0]
    ?.toUpperCase()
  const style: CSSProperties & { '--kw-hue': number } = { '--kw-hue': known?.hue ?? plainHue }
  return (
    <span className={classes['mark']} style={style} aria-hidden="true">
      {known?.mark ?? initial}
    </span>
  )
}
