import { client } from './client.ts'
import { useModels } from './models-store.ts'
import { fromHere, type ViewName } from './router.ts'
import { useSettings } from './settings-store.ts'

/** What a page shows of the simulator: its model, and that it is on. */
const refresh = () => Promise.all([useModels.getState().refresh(), useSettings.getState().load()])

/**
 * Starts the built-in upstream and opens a view on its demo model, before the model is known here: from then on a
 * person can go on.
 */
export async function startSimulator(view: ViewName = 'dashboard', id = ''): Promise<void> {
  const goOn = fromHere()
  const { modelId } = await client.simulator.start()
  useModels.getState().select(modelId)
  goOn(view, id)
  await refresh()
}

export async function stopSimulator(): Promise<void> {
  await client.simulator.stop()
  await refresh()
}
