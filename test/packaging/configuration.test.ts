import Ajv from 'ajv'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { wantedFuses } from '../../electron/packaging/fuses.ts'

const root = join(import.meta.dirname, '..', '..')
const readText = (name: string) => readFileSync(join(root, name), 'utf8')
const Loose = z.looseObject({})
const configuration = Loose.parse(parse(readText('electron-builder.yml')))

function isValid(candidate: unknown) {
  const schema = createRequire(import.meta.url).resolve('app-builder-lib/scheme.json')
  // The schema marks functions with a keyword of its own.
  const ajv = new Ajv({ strict: false, keywords: ['typeof'] })
  return ajv.validate(Loose.parse(JSON.parse(readFileSync(schema, 'utf8'))), candidate)
}

describe("electron-builder's configuration", () => {
  it('follows its schema, which refuses a key that it does not know', () => {
    expect(isValid(configuration)).toBe(true)
    expect(isValid({ ...configuration, asarr: true })).toBe(false)
  })

  it('sets every fuse that it has a name for as it is wanted', () => {
    const asked = z.record(z.string(), z.boolean()).parse(configuration['electronFuses'])
    const named = Object.entries(wantedFuses).filter(([name]) => name !== 'WasmTrapHandlers')
    const wanted = named.map(([name, isOn]) => [name.charAt(0).toLowerCase() + name.slice(1), isOn])
    expect(asked).toMatchObject(Object.fromEntries(wanted))
  })

  it('makes the packages of all three systems and publishes nothing', () => {
    const targets = ['linux', 'mac', 'win'].map((system) =>
      z.looseObject({ target: z.json() }).parse(configuration[system]),
    )
    expect(targets.map(({ target }) => target)).toEqual([
      ['AppImage', 'deb', 'rpm'],
      [
        { target: 'dmg', arch: 'universal' },
        { target: 'zip', arch: 'universal' },
      ],
      ['nsis', 'portable'],
    ])
    expect(configuration['publish']).toBeNull()
    expect(configuration['fileAssociations']).toBeUndefined()
    expect(configuration['protocols']).toBeUndefined()
  })

  it('names icons and entitlements that are there', () => {
    const named = [...readText('electron-builder.yml').matchAll(/electron\/packaging\/[\w.-]+/g)].map(([path]) => path)
    expect(named.length).toBeGreaterThan(4)
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})

describe('The workflow of a release', () => {
  const text = readText('.github/workflows/release.yml')
  const Step = z.looseObject({ uses: z.string().optional(), run: z.string().optional() })
  const Workflow = z.looseObject({
    permissions: z.json(),
    jobs: z.record(z.string(), z.looseObject({ steps: z.array(Step), permissions: z.json().optional() })),
  })
  const { permissions, jobs } = Workflow.parse(parse(text))
  const steps = Object.values(jobs).flatMap((job) => job.steps)

  it('may read the repository and nothing else', () => {
    expect(permissions).toEqual({ contents: 'read' })
    expect(Object.values(jobs).filter((job) => job.permissions !== undefined)).toEqual([])
  })

  it('takes every action by the hash of a commit', () => {
    const actions = steps.flatMap(({ uses }) => uses ?? [])
    expect(actions.length).toBeGreaterThan(0)
    expect(actions.filter((name) => !/@[0-9a-f]{40}$/.test(name))).toEqual([])
  })

  it('runs only commands of this repository that there are', () => {
    const { scripts } = z
      .looseObject({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readText('package.json')))
    const named = steps.flatMap(({ run = '' }) =>
      [...run.matchAll(/npm (?:run )?(test|package|start)\b/g)].map(([, name]) => name),
    )
    expect(named).toContain('package')
    expect(named.filter((name) => !(name && name in scripts))).toEqual([])
  })

  it('never fetches code by a pipe into a shell', () => {
    expect(text).not.toMatch(/curl|wget|\|\s*(?:ba)?sh\b/)
  })
})
