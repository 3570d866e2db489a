import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { Script } from 'node:vm'

/** Electron's documentation, Process Sandboxing: a sandboxed preload is one CommonJS script without Node's modules. */
export interface PreloadScripts {
  readonly binding: string
  readonly deliver: string
  readonly mainWorld: string
  readonly isolatedWorld: string
}

const source = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')

export function preparePreload(path: string): PreloadScripts {
  const preload = readFileSync(path, 'utf8')
  refuseModuleSyntax(path, preload)
  const config = {
    binding: 'electronStandInToMain',
    deliver: 'electronStandInDeliver',
    exposeEvent: `expose-${randomUUID()}`,
  }
  const text = JSON.stringify(config)
  return {
    ...config,
    mainWorld: `(${bare(source('main-world.js'))})(${text})`,
    isolatedWorld: `(${bare(source('preload-world.js'))})(${text}, function (require, module, exports) {\n${preload}\n})`,
  }
}

/** The world files are modules for the linter's sake; what is evaluated is the one function they export. */
const bare = (text: string) => text.replace('export default function', 'function')

function refuseModuleSyntax(path: string, text: string): void {
  if (extname(path) === '.mjs') throw new Error(`A sandboxed preload cannot be an ES module: ${path}`)
  try {
    void new Script(`(function (require, module, exports) {\n${text}\n})`, { filename: path })
  } catch (error) {
    throw new Error(`A sandboxed preload must be one CommonJS script: ${path}: ${String(error)}`, { cause: error })
  }
}
