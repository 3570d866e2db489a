import { report } from './report.ts'
import { strict } from './strict.ts'

/** Electron's documentation, nativeTheme: what the system's own parts look like; the page has what the test emulates. */
let source: 'system' | 'light' | 'dark' = 'system'

export const nativeTheme = strict('nativeTheme', {
  get themeSource() {
    return source
  },
  set themeSource(wanted: 'system' | 'light' | 'dark') {
    if (wanted !== source) report({ event: 'theme', source: wanted })
    source = wanted
  },
  get shouldUseDarkColors() {
    return source === 'dark'
  },
})
