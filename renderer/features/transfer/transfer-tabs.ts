import type { ComponentType } from 'react'
import type { Texts } from '../../i18n/en.ts'
import { DslightingTab } from './dslighting-tab.tsx'
import { ExportTab } from './export-tab.tsx'
import { ImportTab } from './import-tab.tsx'
import { LinkedTab } from './linked-tab.tsx'

export interface TransferTab {
  /** Also the tab's address, `#/transfer/<name>`, and the key of its label. */
  name: keyof Texts['transfer']['tab']
  Content: ComponentType
}

/** The ways in and out, in the order in which they are shown; the first is open when the address names none. */
export const transferTabs = [
  { name: 'import', Content: ImportTab },
  { name: 'export', Content: ExportTab },
  { name: 'linked', Content: LinkedTab },
  { name: 'dslighting', Content: DslightingTab },
] as const satisfies readonly TransferTab[]

export const transferTab = (name: string): TransferTab =>
  transferTabs.find((tab) => tab.name === name) ?? transferTabs[0]
