import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { runCommand } from './run-command.ts'

/**
 * A checker that looks at nothing reports nothing. So each rule that the architecture rests on is shown a file that
 * breaks it, under the project's own settings, and must say which door is the right one.
 */
const root = join(import.meta.dirname, '..', '..')

const faults = [
  ['shared/planted-node.ts', `import 'node:fs'`, 'no Node'],
  ['shared/planted-react.ts', `import 'react'`, 'no Node, no Electron, no DOM, no React'],
  ['shared/planted-side.ts', `import '../electron/app.ts'`, 'shared/ knows neither side'],
  ['renderer/planted-electron.ts', `import 'electron'`, 'The page has no Node and no Electron'],
  ['renderer/planted-main.ts', `import '../electron/app.ts'`, "does not import main's code"],
  ['renderer/features/models/planted-node.ts', `import 'node:path'`, 'The page has no Node'],
  ['renderer/ui/planted-feature.ts', `import '../features/models/list.ts'`, 'ui/ knows no feature'],
  ['electron/vault/planted-electron.ts', `import 'electron'`, 'behind Host'],
  ['electron/vault/planted-service.ts', `import '../upstream/upstream.ts'`, 'vault/ imports no other service'],
  ['electron/rotation/planted-service.ts', `import '../vault/vault.ts'`, 'rotation/ imports no other service'],
  ['electron/rotation/planted-electron.ts', `import 'electron'`, 'Rotation is pure'],
  ['electron/dotenv/planted-service.ts', `import '../models/models.ts'`, 'dotenv/ imports no other service'],
  ['electron/transfer/planted-app.ts', `import '../app.ts'`, 'connect it in app.ts'],
  ['electron/gateway/planted-page.ts', `import '../../renderer/main.tsx'`, 'does not import the page'],
  ['electron/upstream/planted-host.ts', `import '../host/electron/window.ts'`, 'connect it in app.ts'],
  ['electron/upstream/planted-app.ts', `import '../app.ts'`, 'connect it in app.ts'],
  ['electron/planted-promise.ts', `export const f = () => { Promise.resolve(1) }`, 'no-floating-promises'],
  ['electron/planted-any.ts', `export const f = (a: any) => a`, 'no-explicit-any'],
  ['electron/planted-console.ts', `console.log(1)`, 'no-console'],
  [
    'electron/planted-switch.ts',
    `export function f(a: 'x' | 'y') { switch (a) { case 'x': return 1 } return 2 }`,
    'switch-exhaustiveness-check',
  ],
  [
    'renderer/planted-hook.tsx',
    `import { useState } from 'react'\nexport function Part({ on }: { on: boolean }) { if (on) { useState(1) } return null }`,
    'rules-of-hooks',
  ],
] as const

const Report = z.object({
  diagnostics: z.array(
    z.object({ filename: z.string(), code: z.string(), message: z.string(), help: z.string().optional() }),
  ),
})

describe('The linter', () => {
  const project = mkdtempSync(join(tmpdir(), 'keywheel-lint-'))
  let complaints: z.infer<typeof Report>['diagnostics'] = []

  beforeAll(async () => {
    copyFileSync(join(root, '.oxlintrc.json'), join(project, '.oxlintrc.json'))
    copyFileSync(join(root, 'tsconfig.json'), join(project, 'tsconfig.json'))
    for (const [path, source] of faults) {
      mkdirSync(dirname(join(project, path)), { recursive: true })
      writeFileSync(join(project, path), `${source}\n`)
    }
    const oxlint = join(root, 'node_modules', '.bin', 'oxlint')
    const { output } = await runCommand(oxlint, ['--type-aware', '--format=json'], { cwd: project })
    complaints = Report.parse(JSON.parse(output)).diagnostics
  })

  afterAll(() => rmSync(project, { recursive: true, force: true }))

  it.each(faults)('complains about %s', (path, _, why) => {
    const about = complaints.filter(({ filename }) => filename === path)
    expect(about.map(({ code, message, help }) => `${code} ${message} ${help}`).join('\n')).toContain(why)
  })
})
