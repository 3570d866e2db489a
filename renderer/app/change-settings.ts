import { t } from 'i18next'
import type { Settings, SettingsChange } from '../../shared/settings.ts'
import { useSettings } from './settings-store.ts'
import { attempt, noteUndo } from './toast.tsx'

/** What the change is called where it is listed; one without a name of its own is a setting. */
const named = {
  theme: 'changed.theme',
  language: 'changed.language',
  density: 'changed.density',
  idleLockMinutes: 'changed.lock',
  lockVaultOnIdle: 'changed.lock',
  notify: 'changed.notify',
  journalDays: 'changed.history',
  journalAttempts: 'changed.history',
  logLevel: 'changed.log',
} as const satisfies Partial<Record<keyof Settings, string>>

const hasName = (field: string): field is keyof typeof named => Object.hasOwn(named, field)

function nameOf(edit: SettingsChange): string {
  const field = Object.keys(edit).find(hasName)
  return t(`shell:${field === undefined ? 'changed.other' : named[field]}`)
}

type Edit = SettingsChange | ((now: Settings) => SettingsChange)

async function makeChange(edit: Edit): Promise<void> {
  const { settings, change } = useSettings.getState()
  const wanted = typeof edit === 'function' ? edit(settings) : edit
  const before: SettingsChange = Object.fromEntries(Object.entries(settings).filter(([field]) => field in wanted))
  await change(wanted)
  noteUndo(nameOf(wanted), () => change(before))
}

let lastChange: Promise<unknown> = Promise.resolve()

/**
 * Changes settings as a person asked, shows what main then says, and lets it be taken back. One change follows the other:
 * what one of them makes of a list, and what takes it back, is of what the one before has left.
 */
export function changeSettings(edit: Edit): void {
  attempt(() => {
    const changing = lastChange.then(() => makeChange(edit))
    lastChange = changing.catch(() => undefined)
    return changing
  })
}
