import type { ComponentType } from 'react'
import type { Texts } from '../../i18n/en.ts'
import { ChatTab } from './chat-tab.tsx'
import { KeyRaceTab } from './key-race/key-race-tab.tsx'
import { RehearsalTab } from './rehearsal/rehearsal-tab.tsx'

export interface PlaygroundTab {
  /** Also the tab's address, `#/playground/<name>`, and the key of its label. */
  name: keyof Texts['playground']['tab']
  Content: ComponentType
}

/** What can be tried here, in the order in which it is shown; the first is open when the address names none. */
export const playgroundTabs = [
  { name: 'chat', Content: ChatTab },
  { name: 'rehearsal', Content: RehearsalTab },
  { name: 'keys', Content: KeyRaceTab },
] as const satisfies readonly PlaygroundTab[]

export const playgroundTab = (name: string): PlaygroundTab =>
  playgroundTabs.find((tab) => tab.name === name) ?? playgroundTabs[0]
