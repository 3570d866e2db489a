import { randomBytes } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { createScanner, type Hit } from '../leaks/scanner.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { expect, test, type App } from './support/app.ts'
import { chooseEnvFile, goTo, send, takeImport } from './support/keywheel.ts'

/** Unique for each run, so that nothing but this run can have left one behind. */
const planted = (name: string) => `sk-${name}-${randomBytes(24).toString('base64url').replaceAll(/[-_]/g, 'x')}`

const secrets = {
  served: planted('served'),
  echoed: planted('echoed'),
  typed: planted('typed'),
  deleted: planted('deleted'),
  bystander: planted('bystander'),
  passphrase: planted('passphrase'),
  wrongPassphrase: planted('wrong'),
}
const prompt = planted('prompt')
const control = planted('control')

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** Every file that the application can have written: its data, its keys' folder, and the home it was given. */
async function scanDisk(app: App, canaries: Record<string, string>): Promise<Hit[]> {
  const scanner = createScanner(canaries)
  const hits: Hit[] = []
  for (const file of await filesBelow(dirname(app.dataFolder))) {
    // Chromium removes its own files while they are being looked at.
    const bytes = await readFile(file).catch(() => Buffer.alloc(0))
    hits.push(...scanner.scan(file, bytes))
  }
  return hits
}

/** What the page shows and keeps, and what its fields hold. */
async function pageText(page: Page): Promise<string> {
  // As text, because the tests are not compiled for a page.
  const kept = await page.evaluate<string>(`JSON.stringify([
    Object.entries(localStorage),
    Object.entries(sessionStorage),
    [...document.querySelectorAll('input, textarea')].map((field) => field.value),
    document.title,
  ])`)
  return `${await page.content()}\n${kept}`
}

/** Arguments and environment of the process that holds the data folder. */
async function processText(app: App): Promise<string> {
  const lock = await readFile(join(app.dataFolder, 'instance.lock'), 'utf8')
  const { pid } = JSON.parse(lock) as { pid: number }
  const parts = await Promise.all(['cmdline', 'environ'].map((name) => readFile(`/proc/${pid}/${name}`, 'latin1')))
  return parts.join('\n')
}

/** Everything that main sends to a page in a browser; a desktop window has no socket to listen at. */
function receivedBy(page: Page): string[] {
  const frames: string[] = []
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => frames.push(payload.toString()))
  })
  return frames
}

test('no secret is left anywhere but in the vault, encrypted', async ({ app, page }) => {
  const provider = await startMockUpstream(['scripted'])
  provider.script(secrets.echoed, upstream.refuses(401, { message: `Incorrect API key provided: ${secrets.echoed}` }))
  provider.script(secrets.served, upstream.says('fine'))
  const entry = { api_key: [secrets.echoed, secrets.served, secrets.deleted], api_base: provider.url }
  const env = `DATABASE_URL=${secrets.bystander}\nLLM_MODEL_CONFIGS='${JSON.stringify({ scripted: entry })}'\n`
  const scanner = createScanner(secrets)
  const hits: Hit[] = []
  const look = async (place: string, at: Page) => hits.push(...scanner.scan(place, await pageText(at)))

  await test.step('a vault is made, a file imported, and the page loaded again', async () => {
    await page.getByRole('radio', { name: 'A passphrase' }).check()
    await page.getByLabel('Passphrase', { exact: true }).fill(secrets.passphrase)
    await page.getByLabel('The passphrase again').fill(secrets.passphrase)
    await chooseEnvFile(page, env)
    await takeImport(page)
    await look('after the import', page)
  })
  const frames = receivedBy(page)
  await page.reload()

  await test.step('keys are typed in and deleted, messages sent, every view looked at', async () => {
    await goTo(page, 'Models & keys')
    await page.getByRole('button', { name: 'Add keys' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Keys').fill(secrets.typed)
    await dialog.getByRole('button', { name: 'Add 1 key' }).click()
    await page.getByRole('checkbox', { name: 'Select acct-3' }).check()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await look('Models & keys', page)
    await goTo(page, 'Playground')
    await send(page, prompt)
    await expect(page.getByRole('article')).toContainText('fine')
    for (const view of ['Playground', 'Activity', 'Dashboard', 'Settings', 'Import']) {
      await goTo(page, view)
      await look(view, page)
    }
  })
  hits.push(...scanner.scan('the process', await processText(app)))
  hits.push(...scanner.scan('what main sent to the page', frames.join('\n')))
  hits.push(...(await scanDisk(app, { ...secrets, prompt })))

  await test.step('it crashes, and a wrong passphrase is typed', async () => {
    const next = await app.crashAndRestart()
    await next.getByLabel('Passphrase', { exact: true }).fill(secrets.wrongPassphrase)
    await next.getByRole('button', { name: 'Unlock' }).click()
    await expect(next.getByText('This is not the passphrase of this vault.')).toBeVisible()
    await next.getByLabel('Passphrase', { exact: true }).fill('')
    await look('the locked screen', next)
  })
  hits.push(...(await scanDisk(app, { ...secrets, prompt })))
  hits.push(...scanner.scan('standard error', app.complaints().join('\n')))
  await provider.close()
  expect(hits).toEqual([])
})

test('the search for secrets finds what is planted for it', async ({ app, page }) => {
  const planting = { control }
  await writeFile(join(app.dataFolder, 'a.log'), `something ${control} something`)
  await writeFile(join(app.dataFolder, 'b.bin'), Buffer.from(`x${control}`).toString('base64'))
  await writeFile(join(app.dataFolder, 'c.gz'), gzipSync(control))
  await page.evaluate(`localStorage.setItem('planted', '${control}')`)
  expect(new Set((await scanDisk(app, planting)).map(({ place }) => place.split('/').at(-1)))).toEqual(
    new Set(['a.log', 'b.bin', 'c.gz (unpacked)']),
  )
  expect(createScanner(planting).scan('page', await pageText(page))).not.toEqual([])
})
