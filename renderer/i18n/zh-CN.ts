import activity from './zh-CN/activity.json'
import answer from './zh-CN/answer.json'
import attempts from './zh-CN/attempts.json'
import copyAs from './zh-CN/copy-as.json'
import dashboard from './zh-CN/dashboard.json'
import dslighting from './zh-CN/dslighting.json'
import exports from './zh-CN/export.json'
import effective from './zh-CN/effective.json'
import failures from './zh-CN/failures.json'
import gateway from './zh-CN/gateway.json'
import imports from './zh-CN/import.json'
import keyRace from './zh-CN/key-race.json'
import keyState from './zh-CN/key-state.json'
import linked from './zh-CN/linked.json'
import log from './zh-CN/log.json'
import markdown from './zh-CN/markdown.json'
import models from './zh-CN/models.json'
import playground from './zh-CN/playground.json'
import prompt from './zh-CN/prompt.json'
import rehearsal from './zh-CN/rehearsal.json'
import settings from './zh-CN/settings.json'
import shell from './zh-CN/shell.json'
import transfer from './zh-CN/transfer.json'
import vault from './zh-CN/vault.json'
import wheel from './zh-CN/wheel.json'

/** The same files in simplified Chinese; a test holds both sets of keys equal. */
export const zhCN = {
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
