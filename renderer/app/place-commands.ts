import { t } from 'i18next'
import type { ClientView } from '../../shared/gateway.ts'
import type { ModelView } from '../../shared/model.ts'
import { addKeysTo, editKeyOf } from '../features/models/addresses.ts'
import type { Command } from './commands.ts'
import { navigate, type ViewName } from './router.ts'

interface Place {
  view: ViewName
  id: string
  name: string
}

const places = (): Place[] => [
  { view: 'models', id: 'watch', name: t('models:watch.title') },
  { view: 'models', id: 'bin', name: t('models:bin.title') },
  { view: 'transfer', id: 'export', name: t('transfer:tab.export') },
  { view: 'transfer', id: 'linked', name: t('transfer:tab.linked') },
  { view: 'transfer', id: 'dslighting', name: t('transfer:tab.dslighting') },
  { view: 'settings', id: 'appearance', name: t('settings:appearance') },
  { view: 'settings', id: 'protection', name: t('vault:ways.title') },
  { view: 'settings', id: 'kit', name: t('vault:kit.name') },
  { view: 'settings', id: 'auto-lock', name: t('vault:idle.title') },
  { view: 'settings', id: 'backups', name: t('vault:backups.title') },
  { view: 'settings', id: 'audit', name: t('vault:audit.title') },
  { view: 'settings', id: 'history', name: t('settings:history.title') },
  { view: 'settings', id: 'prices', name: t('settings:prices.title') },
  { view: 'settings', id: 'notifications', name: t('settings:notify.title') },
  { view: 'settings', id: 'gateway', name: t('settings:gateway.title') },
  { view: 'settings', id: 'network', name: t('settings:network.title') },
  { view: 'settings', id: 'log', name: t('settings:log.title') },
  { view: 'settings', id: 'diagnostics', name: t('settings:diagnostics.title') },
  { view: 'settings', id: 'about', name: t('settings:about') },
]

/** Parts of a view that have an address of their own. */
export const placeCommands = (): Command[] =>
  places().map(({ view, id, name }) => ({
    id: `place-${view}-${id}`,
    label: `${t(`shell:nav.${view}`)} › ${name}`,
    run: () => navigate(view, id),
  }))

/** What can be done to one model. */
export const modelActions = (models: readonly ModelView[]): Command[] =>
  models.map(({ id, name }) => ({
    id: `add-keys-${id}`,
    label: t('shell:action.addKeysTo', { model: name }),
    run: () => navigate('models', addKeysTo + id),
  }))

/** Each key by its label, account or last characters; it is opened to be looked at and edited. */
export const keyCommands = (models: readonly ModelView[]): Command[] =>
  models.flatMap((model) =>
    model.keys.map(({ id, label, lastFour, account }) => ({
      id: `key-${id}`,
      label: [label, `…${lastFour}`, account, model.name].filter((part) => part.length > 1).join(' · '),
      run: () => navigate('models', editKeyOf + id),
    })),
  )

export const clientCommands = (clients: readonly ClientView[]): Command[] =>
  clients.map(({ id, name }) => ({ id: `client-${id}`, label: name, run: () => navigate('gateway') }))
