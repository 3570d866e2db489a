import { chmod, mkdir } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'

/**
 * Where things are kept. The key that opens a vault never lies in the folder of the vault: whoever copies the one has
 * not copied the other.
 */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly homeFolder: string
}

export interface Folders {
  /** The vault, its backups, the journal and the settings. */
  readonly data: string
  /** The key files of vaults that are protected by one. */
  readonly keys: string
}

export function findFolders(machine: Machine): Folders {
  const { env } = machine
  const chosen = env['KEYWHEEL_DATA']
  const data = chosen ? resolve(chosen) : platformDataFolder(machine)
  const keys = chosen ? join(dirname(data), `${basename(data)}-keys`) : platformKeyFolder(machine)
  return { data, keys: env['KEYWHEEL_KEY_FOLDER'] ? resolve(env['KEYWHEEL_KEY_FOLDER']) : keys }
}

function platformDataFolder({ platform, env, homeFolder }: Machine): string {
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homeFolder, 'AppData', 'Roaming'), 'Keywheel')
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Application Support', 'Keywheel')
  return join(xdgFolder(env['XDG_DATA_HOME']) ?? join(homeFolder, '.local', 'share'), 'keywheel')
}

function platformKeyFolder({ platform, env, homeFolder }: Machine): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homeFolder, 'AppData', 'Local'), 'Keywheel Keys')
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Keywheel Keys')
  return join(xdgFolder(env['XDG_CONFIG_HOME']) ?? join(homeFolder, '.config'), 'keywheel', 'keys')
}

/** The XDG Base Directory Specification has relative paths ignored. */
const xdgFolder = (path: string | undefined) => (path !== undefined && isAbsolute(path) ? path : undefined)

/** Makes the folder if need be, and closes it to other users even if it was there before. */
export async function preparePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (process.platform !== 'win32') await chmod(folder, 0o700)
}
