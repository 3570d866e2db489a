import * as z from 'zod'

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', 'en', 'zh-CN']),
  /** Whether the built-in simulator and its demo model are on. */
  simulator: z.boolean(),
})
export type Settings = z.infer<typeof Settings>

export const defaultSettings: Settings = { theme: 'system', language: 'system', simulator: false }

export const SettingsChange = Settings.partial()
export type SettingsChange = z.infer<typeof SettingsChange>
