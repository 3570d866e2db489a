import * as z from 'zod'

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', 'en', 'zh-CN']),
  /** Whether the built-in simulator and its demo model are on. */
  simulator: z.boolean(),
  /** Minutes without use after which the interface locks; 0 for never. */
  idleLockMinutes: z.number().int().min(0).max(1440),
  /** Whether the vault itself locks then, which also stops programs that use the gateway. */
  lockVaultOnIdle: z.boolean(),
})
export type Settings = z.infer<typeof Settings>

export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  simulator: false,
  idleLockMinutes: 15,
  lockVaultOnIdle: false,
}

export const SettingsChange = Settings.partial()
export type SettingsChange = z.infer<typeof SettingsChange>
