import { t } from 'i18next'
import type { ModelId } from '../../shared/identity.ts'
import type { ModelView } from '../../shared/model.ts'
import type { RehearsalStatus, ScenarioName } from '../../shared/rehearsal.ts'
import { keysNeeded, scenarioNames } from '../../shared/rehearsal-terms.ts'
import { isCallable } from '../features/playground/rehearsal/callable-keys.ts'
import { mayLeave } from '../ui/unsaved.ts'
import { client } from './client.ts'
import type { Command } from './commands.ts'
import { useRehearsal } from './rehearsal-store.ts'
import { fromHere } from './router.ts'
import { attempt } from './toast.tsx'

interface Stage {
  models: readonly ModelView[]
  selectedId: ModelId | null
  status: RehearsalStatus | null
}

const named = (what: string) => `${t('rehearsal:banner.label')} › ${what}`

/** Starts a scenario that some model has keys enough for, or ends the rehearsal that is on. */
export function rehearsalCommands({ models, selectedId, status }: Stage): Command[] {
  if (status === null) return []
  if (status.rehearsal) return [{ id: 'end-rehearsal', label: named(t('rehearsal:banner.end')), run: end }]
  return scenarioNames.flatMap((name) => {
    const model = stageFor(name, models, selectedId)
    if (!model) return []
    const title = t(`rehearsal:scenario.${name}.title`)
    const label = `${named(t('rehearsal:scenarios.playNamed', { name: title }))} · ${model.name}`
    return [{ id: `rehearse-${name}`, label, run: () => mayLeave() && play(model.id, name) }]
  })
}

/** The one that is looked at, or the simulator, with which there is nothing that it could cost. */
function stageFor(name: ScenarioName, models: readonly ModelView[], selectedId: ModelId | null) {
  const able = models.filter(({ keys }) => keys.filter(isCallable).length >= keysNeeded[name])
  return able.find(({ id }) => id === selectedId) ?? able.find(({ origin }) => origin !== 'vault') ?? able[0]
}

function play(modelId: ModelId, name: ScenarioName): void {
  attempt(async () => {
    const goOn = fromHere()
    await useRehearsal.getState().become(client.rehearsal.play({ modelId, name, prompt: t('rehearsal:prompt') }))
    goOn('playground', 'rehearsal')
  })
}

const end = () => attempt(() => useRehearsal.getState().become(client.rehearsal.end()))
