import type { AppInfo } from '../../shared/contract.ts'
import { create } from 'zustand'
import { client } from './client.ts'
import { useGateway } from './gateway-store.ts'
import { startLiveFeed } from './live-feed.ts'
import { useLinkedFiles } from './linked-files-store.ts'
import { useModels } from './models-store.ts'
import { letMainNotify } from './notifications.ts'
import { followPresentation } from './presentation.ts'
import { useSettings } from './settings-store.ts'
import { useVault } from './vault-store.ts'

interface StartStore {
  info: AppInfo | null
  started: boolean
  failed: unknown
}

export const useStart = create<StartStore>(() => ({ info: null, started: false, failed: null }))

/** Asks main for everything the first frame needs, once, and follows its events from then on. */
export async function start(): Promise<void> {
  try {
    const [info] = await Promise.all([
      client.app.info(),
      useVault.getState().refresh(),
      useModels.getState().refresh(),
      useGateway.getState().refresh(),
      useSettings.getState().load(),
    ])
    letMainNotify(info.canNotify)
    followPresentation()
    useStart.setState({ info, started: true, failed: null })
    startLiveFeed()
    // Only a mark in the rail hangs on it: the first frame does not wait.
    void useLinkedFiles
      .getState()
      .refresh()
      .catch(() => undefined)
  } catch (error) {
    useStart.setState({ failed: error })
  }
}
