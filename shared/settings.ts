import * as z from 'zod'
import { LogLevel } from './log.ts'
import { defaultGatewayPort, GatewayPort } from './gateway.ts'
import { defaultProxy, ProxySettings } from './network.ts'
import { notifyKinds } from './notify.ts'

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', 'en', 'zh-CN']),
  /** How close rows and lines stand. */
  density: z.enum(['normal', 'compact']),
  /** Whether the built-in simulator and its demo model are on. */
  simulator: z.boolean(),
  /** Minutes without use after which the interface locks; 0 for never. */
  idleLockMinutes: z.number().int().min(0).max(1440),
  /** Whether the vault itself locks then, which also stops programs that use the gateway. */
  lockVaultOnIdle: z.boolean(),
  /** Whether programs of this machine may ask for answers, and at which port of its loopback. */
  gateway: z.object({ on: z.boolean(), port: GatewayPort }),
  /** How the providers are reached. */
  proxy: ProxySettings,
  /** How long requests are kept, and at most how many attempts; figures outlive them. */
  journalDays: z.number().int().min(1).max(3_650),
  journalAttempts: z.number().int().min(10_000).max(20_000_000),
  /** Whether prompts and answers are recorded with the requests. */
  journalTexts: z.boolean(),
  /** What the application's own log says; `silent` for nothing. */
  logLevel: LogLevel,
  /** Whether formulas in an answer are drawn. */
  formulas: z.boolean(),
  /** Of what the system tells the person while the page is out of sight. */
  notify: z.array(z.enum(notifyKinds)).max(notifyKinds.length),
  /** While it is on, nothing of any secret is shown, not even its last four characters. */
  presentation: z.boolean(),
  /** On a desktop: closing the window leaves the application in the tray. */
  closeToTray: z.boolean(),
  /** On a desktop: the system's keys for panic, from any program. */
  panicShortcut: z.boolean(),
  /** On a desktop that can: the window is left out of screenshots and shared screens. */
  contentProtection: z.boolean(),
})
export type Settings = z.infer<typeof Settings>

export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  density: 'normal',
  simulator: false,
  idleLockMinutes: 15,
  lockVaultOnIdle: false,
  gateway: { on: false, port: defaultGatewayPort },
  proxy: defaultProxy,
  journalDays: 30,
  journalAttempts: 2_000_000,
  journalTexts: false,
  logLevel: 'info',
  formulas: false,
  notify: [...notifyKinds],
  presentation: false,
  closeToTray: false,
  panicShortcut: true,
  contentProtection: false,
}

/** The gateway has a switch of its own, and the proxy a form, which say how it went. */
export const SettingsChange = Settings.omit({ gateway: true, proxy: true }).partial()
export type SettingsChange = z.infer<typeof SettingsChange>
