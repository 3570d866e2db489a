import { client } from './client.ts'
import { useModels } from './models-store.ts'
import { navigate } from './router.ts'
import { useSettings } from './settings-store.ts'

/** Starts the built-in upstream and opens the dashboard on its demo model. */
export async function startSimulator(): Promise<void> {
  const { modelId } = await client.simulator.start()
  await Promise.all([useModels.getState().refresh(), useSettings.getState().load()])
  useModels.getState().select(modelId)
  navigate('dashboard')
}

export async function stopSimulator(): Promise<void> {
  await client.simulator.stop()
  await Promise.all([useModels.getState().refresh(), useSettings.getState().load()])
}
