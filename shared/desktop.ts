import * as z from 'zod'

/** What was asked of the system around the window, as it is now; `unavailable` where the system has no such thing. */
export const DesktopStatus = z.object({
  /** `keys` as this system writes them; `taken` when another program has them, or the system gives none away. */
  panicShortcut: z.object({ state: z.enum(['set', 'off', 'taken']), keys: z.string() }),
  /** `ask`: the system wants the person to allow it in its own settings first. */
  launchAtLogin: z.enum(['on', 'off', 'ask', 'unavailable']),
  contentProtection: z.enum(['on', 'off', 'unavailable']),
})
export type DesktopStatus = z.infer<typeof DesktopStatus>
