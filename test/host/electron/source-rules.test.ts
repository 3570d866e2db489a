import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const electron = join(import.meta.dirname, '..', '..', '..', 'electron')
const folder = join(electron, 'host', 'electron')
const files = [
  join(electron, 'main.ts'),
  join(electron, 'preload.ts'),
  ...readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
]
const filesWith = (pattern: RegExp) => files.filter((file) => pattern.test(readFileSync(file, 'utf8')))

/** What the desktop host must never ask of Electron, whatever else it does. */
it.each([
  ['a crash report that leaves the machine', /crashReporter/],
  ['a scheme of the system that leads into the application', /setAsDefaultProtocolClient/],
  ['a scheme that passes by the policies', /bypassCSP|corsEnabled|allowServiceWorkers|registerFileProtocol/],
  ['a certificate that is not checked', /\.on\('certificate-error'|setCertificateVerifyProc/],
  ['a keychain that only looks like one', /setUsePlainTextEncryption|\.encryptString\(|\.decryptString\(/],
  ['a window with Node in it', /nodeIntegration\w*: true|sandbox: false|contextIsolation: false|webSecurity: false/],
  ['a feature of the engine by name', /enableBlinkFeatures|experimentalFeatures: true/],
  ['a page from the disk', /loadFile\(|loadURL\([`'"]file:/],
  ['code from a string', /executeJavaScript|\beval\(|new Function/],
  ['a bridge that hands out ipcRenderer', /exposeInMainWorld\([^)]*ipcRenderer/],
  ['a call that a page can make past its port', /ipcMain\.handle|ipcRenderer\.(?:invoke|sendSync)/],
  ['a session that is kept', /persist:/],
])('the desktop host has no %s', (_what, pattern) => {
  expect(filesWith(pattern)).toEqual([])
})

it('opens an address outside in one place only, after a question', () => {
  expect(filesWith(/\.openExternal\(/)).toEqual([join(folder, 'external.ts')])
})
