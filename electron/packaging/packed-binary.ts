import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const inside: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['Keywheel.app'],
  win32: ['Keywheel.exe'],
}

/** The unpacked application that electron-builder leaves beside its packages, or null when it left none. */
export function packedBinary(output: string, platform: NodeJS.Platform): string | null {
  const folders = existsSync(output) ? readdirSync(output) : []
  const candidates = folders
    .filter((name) => /-unpacked$|^mac/.test(name))
    .map((name) => join(output, name, ...(inside[platform] ?? ['keywheel'])))
  return candidates.find((path) => existsSync(path)) ?? null
}
