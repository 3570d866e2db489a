import { create } from 'zustand'
import { useGateway } from './gateway-store.ts'
import { closeKit, useKit } from './kit-store.ts'
import { useLinkedFiles } from './linked-files-store.ts'
import { useModels } from './models-store.ts'
import { useSettings } from './settings-store.ts'

/**
 * Presentation mode, as the page follows it. Main hands out nothing of any key while it is on; what was handed out before
 * leaves the page here: the lists are read again, and the views are built anew once that is done.
 */
interface PresentationStore {
  isOn: boolean
  /** False while the lists still hold what was there before the switch. */
  settled: boolean
}

export const usePresentation = create<PresentationStore>(() => ({ isOn: false, settled: true }))

/** For code outside of components; what it decides is decided anew when the views are. */
export const isPresenting = (): boolean => usePresentation.getState().isOn

const readListsAgain = () =>
  Promise.allSettled([
    useModels.getState().refresh(),
    useGateway.getState().refresh(),
    useLinkedFiles.getState().refresh(),
  ])

async function switchTo(isOn: boolean): Promise<void> {
  // Fields in which a secret is being typed show dots from here on: base.css.
  document.documentElement.toggleAttribute('data-presenting', isOn)
  usePresentation.setState({ isOn, settled: false })
  // A kit on the screen can be made anew; it is the one secret that opens everything.
  if (isOn && useKit.getState().step?.at === 'shown') closeKit()
  await readListsAgain()
  if (isPresenting() === isOn) usePresentation.setState({ settled: true })
}

let isFollowed = false

/** Called once the settings are known, and harmless when called again. */
export function followPresentation(): void {
  if (isFollowed) return
  isFollowed = true
  const follow = ({ presentation }: { presentation: boolean }) => {
    if (presentation !== isPresenting()) void switchTo(presentation)
  }
  useSettings.subscribe(({ settings }) => follow(settings))
  follow(useSettings.getState().settings)
}
