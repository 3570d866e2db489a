import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Bus } from '../events/bus.ts'
import type { Models } from '../models/models.ts'
import type { Catalogue } from '../models/stored-model.ts'
import type { Clock } from '../rotation/clock.ts'
import { createClipboardLoan, clipboardMs, type Clipboard } from '../vault-access/clipboard-loan.ts'
import type { Vault } from '../vault/vault.ts'
import { createEarlierVersions } from './earlier-versions.ts'
import { createExports, type Exports } from './export/exports.ts'
import type { ExportClients } from './export/file-client.ts'
import { createFilesKey } from '../vault/files-key.ts'
import { createLinkList } from './linked/link-list.ts'
import { createLinkedFiles, type LinkedFiles } from './linked/linked-files.ts'
import { watchFolder } from './linked/watch-folder.ts'
import { placedFileSystem } from './placed-file-system.ts'
import { createSealedFolder } from '../vault/sealed-folder.ts'

export interface TransferDeps {
  readonly dataFolder: string
  readonly homeFolder: string
  /** The system's clipboard; left out where only the page can reach it. */
  readonly clipboard: Clipboard | undefined
  readonly vault: Vault<Catalogue>
  readonly models: Models
  readonly clients: ExportClients
  readonly gatewayBaseUrl: () => string
  /** Fails unless the vault and the interface are open. */
  readonly gate: () => void
  readonly clock: Clock
  readonly bus: Bus
  readonly reportBug: (error: unknown) => void
}

/** What goes out to files, and what is watched of them. */
export interface Transfer {
  readonly exports: Exports
  readonly linkedFiles: LinkedFiles
  close: () => Promise<void>
}

export function openTransfer(deps: TransferDeps): Transfer {
  const { vault, clock, bus, clipboard, reportBug } = deps
  const fs = placedFileSystem
  const delay = (ms: number) => new Promise<void>((resolve) => void clock.schedule(ms, resolve))
  const key = createFilesKey(vault)
  const sealedIn = (name: string) => createSealedFolder({ fs, delay, folder: join(deps.dataFolder, name), key })
  const earlier = createEarlierVersions({ sealed: sealedIn('earlier-files'), wallMs: clock.wallMs })
  const loan = clipboard && createClipboardLoan({ clipboard, clock, reportBug })

  const linkedFiles = createLinkedFiles({
    ...deps,
    fs,
    delay,
    key,
    list: createLinkList(sealedIn('linked-files')),
    earlier,
    watch: watchFolder,
    newId: randomUUID,
    isOpen: () => vault.status().state === 'unlocked',
    audit: (entry) => vault.audit(entry),
    onChange: () => bus.publish({ kind: 'linked-files-changed' }),
  })
  bus.subscribe(() => void linkedFiles.follow().catch(reportBug), ['vault-changed'])
  bus.subscribe(() => linkedFiles.checkSoon(), ['models-changed'])
  const exports = createExports({
    ...deps,
    fs,
    delay,
    earlier,
    audit: (entry) => vault.audit(entry),
    lend: loan && lending(loan),
    newId: randomUUID,
    onWritten: async () => void (await linkedFiles.check()),
  })
  return {
    exports,
    linkedFiles,
    async close() {
      linkedFiles.close()
      await loan?.takeBack()
    },
  }
}

const lending = (loan: ReturnType<typeof createClipboardLoan>) => async (text: string) => {
  await loan.lend(text)
  return { clearedAfterMs: clipboardMs }
}
