import { client } from './client.ts'
import { useModels } from './models-store.ts'
import { currentRoute, hrefOf, navigate, type ViewName } from './router.ts'
import { useSettings } from './settings-store.ts'

const shownPlace = (): string => {
  const { view, id } = currentRoute()
  return hrefOf(view, id)
}

/** What a page shows of the simulator: its model, and that it is on. */
const refresh = () => Promise.all([useModels.getState().refresh(), useSettings.getState().load()])

/**
 * Starts the built-in upstream and opens a view on its demo model. Whoever has gone elsewhere while it started stays
 * there; the view is opened before its model is known here, because from then on a person can go on.
 */
export async function startSimulator(view: ViewName = 'dashboard', id = ''): Promise<void> {
  const before = shownPlace()
  const { modelId } = await client.simulator.start()
  useModels.getState().select(modelId)
  if (shownPlace() === before) navigate(view, id)
  await refresh()
}

export async function stopSimulator(): Promise<void> {
  await client.simulator.stop()
  await refresh()
}
