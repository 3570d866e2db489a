import activity from './en/activity.json'
import answer from './en/answer.json'
import attempts from './en/attempts.json'
import copyAs from './en/copy-as.json'
import dashboard from './en/dashboard.json'
import dslighting from './en/dslighting.json'
import exports from './en/export.json'
import effective from './en/effective.json'
import failures from './en/failures.json'
import gateway from './en/gateway.json'
import imports from './en/import.json'
import keyRace from './en/key-race.json'
import keyState from './en/key-state.json'
import linked from './en/linked.json'
import log from './en/log.json'
import markdown from './en/markdown.json'
import models from './en/models.json'
import playground from './en/playground.json'
import prompt from './en/prompt.json'
import rehearsal from './en/rehearsal.json'
import settings from './en/settings.json'
import shell from './en/shell.json'
import transfer from './en/transfer.json'
import vault from './en/vault.json'
import wheel from './en/wheel.json'

/** One file a feature; the English files are also the type of every key. */
export const en = {
  activity,
  answer,
  attempts,
  'copy-as': copyAs,
  dashboard,
  dslighting,
  export: exports,
  effective,
  failures,
  gateway,
  import: imports,
  'key-race': keyRace,
  'key-state': keyState,
  linked,
  log,
  markdown,
  models,
  playground,
  prompt,
  rehearsal,
  settings,
  shell,
  transfer,
  vault,
  wheel,
}
export type Texts = typeof en
