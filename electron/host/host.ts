import type { Desktop } from '../desktop/desktop.ts'
import type { NotifyKind } from '../../shared/notify.ts'
import type { SettingsFile } from '../settings/settings.ts'
import type { Clipboard } from '../vault-access/clipboard-loan.ts'
import type { KeyProtector } from '../vault/key-protector.ts'

/** What the system tells a person who looks elsewhere. */
export interface Notice {
  readonly kind: NotifyKind
  readonly title: string
  readonly text: string
}

/** All that differs between Electron and the browser host; the rest of the application knows neither. */
export interface Host {
  readonly kind: 'electron' | 'browser'
  /** The folder of the vault, its backups and the journal; 0700. */
  readonly dataFolder: string
  /** The system's language, as a BCP 47 tag. */
  readonly locale: string
  readonly canClearClipboard: boolean
  /** The system's clipboard; left out where it belongs to the page. */
  readonly clipboard?: Clipboard
  /** The home folder, which `~` stands for in a path. */
  readonly homeFolder: string
  /** Asks for a path in a dialog of the system, which asks itself before a file is replaced; null when the person put it aside. Left out where there is none. */
  readonly chooseFile?: (purpose: 'open' | 'save' | 'replace') => Promise<string | null>
  /** Shows a folder in the system's file manager; false when that failed. Left out where there is none. */
  readonly openFolder?: (path: string) => Promise<boolean>
  /** Shows a notice of the system, and says whether the person clicked it. Left out where the page does it itself. */
  readonly notify?: (notice: Notice) => Promise<boolean>
  /** The desktop around the window; left out where there is none. */
  readonly desktop?: Desktop
  /** Tells when the machine goes to sleep or its screen is locked; left out where nobody can know. */
  readonly onAway?: (listener: () => void) => void
  /** Ways to protect the vault's data key here, beside a passphrase, best first. */
  readonly protectors: readonly KeyProtector[]
  /** What the gateway does in this run until a person switches it; left out where the settings decide. */
  readonly gateway?: { readonly on: boolean; readonly port?: number }
  /** Settings that may be lost: electron-store in Electron, conf elsewhere; both keep the same file. */
  readonly settings: SettingsFile
}
