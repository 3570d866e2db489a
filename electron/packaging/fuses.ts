/** A packed binary is as strict as its features allow, and what was asked for is read back from the binary itself. */
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

/** Electron's documentation, "Electron Fuses". The last one is Electron's own default, which electron-builder leaves. */
export const wantedFuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
} as const satisfies Record<keyof typeof FuseV1Options, boolean>

type FuseName = keyof typeof wantedFuses
const names = Object.keys(wantedFuses) as FuseName[]

/** The fuses of a binary (or, on macOS, of a bundle) that are not as wanted; one that it does not have counts as well. */
export async function wrongFuses(binary: string): Promise<FuseName[]> {
  const wire = await getCurrentFuseWire(binary)
  return names.filter((name) => {
    const state = wire[FuseV1Options[name]]
    return state !== (wantedFuses[name] ? FuseState.ENABLE : FuseState.DISABLE)
  })
}
