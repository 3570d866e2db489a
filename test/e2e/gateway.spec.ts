import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { parseDotenv } from '../../electron/dotenv/index.ts'
import { expandVariables } from '../../electron/dotenv/expansion.ts'
import { upstreamModelId } from '../../electron/dotenv/upstream-model-id.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream, type MockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { expect, test as base, type App } from './support/app.ts'
import {
  ask,
  choosePort,
  freePort,
  gatewaySwitch,
  gatewayWords,
  mintClient,
  pressSwitch,
  putTokenAway,
  revokeClient,
  switchOn,
  takePort,
  tokenDialog,
} from './support/gateway.ts'
import { envFor, goTo, importOnFirstRun, passphrase, takeImport } from './support/keywheel.ts'
import { openInterface } from './support/vault.ts'

const keys = ['sk-scripted-for-account-0001', 'sk-scripted-for-account-0002']
const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..')

const test = base.extend<{ provider: MockUpstream }>({
  // Playwright wants the fixtures destructured, also when there is none to use.
  // oxlint-disable-next-line no-empty-pattern
  provider: async ({}, provide) => {
    const provider = await startMockUpstream(['scripted'])
    await provide(provider)
    await provider.close()
  },
})

/** A vault with one model at a scripted provider, the gateway on, and a client's token. */
async function openGateway(app: App, apiBase: string, client = 'notebook') {
  const { page } = app
  await importOnFirstRun(page, envFor(apiBase, keys))
  await takeImport(page)
  const baseUrl = await switchOn(page)
  await page.getByRole('button', { name: 'New client' }).click()
  const token = await mintClient(page, client)
  return { page, baseUrl, token, row: page.getByRole('table', { name: 'Clients' }).getByRole('row').nth(1) }
}

for (const language of ['en', 'zh-CN'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language })
    const words = gatewayWords[language]

    test('a program is answered with its token, refused with a wrong one, and refused once it is revoked', async ({
      page,
    }) => {
      await page.getByRole('button', { name: words.simulator }).click()
      const baseUrl = await switchOn(page, words)
      await page.getByRole('button', { name: words.newClient }).click()
      // A client's token is kept in the vault, of which there is none yet.
      await page.getByRole('radio', { name: words.radioPassphrase }).check()
      await page.getByLabel(words.passphrase, { exact: true }).fill(passphrase)
      await page.getByLabel(words.passphraseAgain).fill(passphrase)
      await page.getByRole('button', { name: words.createVault }).click()
      const token = await mintClient(page, 'notebook', words)
      await putTokenAway(page, words)

      const answer = await ask(baseUrl, token, 'keywheel-simulator')
      expect(answer.status).toBe(200)
      expect(JSON.parse(answer.body)).toMatchObject({ object: 'chat.completion' })
      expect((await ask(baseUrl, `${token.slice(0, -1)}!`, 'keywheel-simulator')).status).toBe(401)
      const row = page.getByRole('table', { name: words.clients }).getByRole('row').nth(1)
      await expect(row.getByRole('cell').nth(2)).toHaveText('1')
      await expect(row).toContainText(`…${token.slice(-4)}`)

      await revokeClient(page, 'notebook', words)
      expect((await ask(baseUrl, token, 'keywheel-simulator')).status).toBe(401)
    })

    test('a port that is taken is named, and no other is used until the person says so', async ({ page }) => {
      await page.getByRole('button', { name: words.simulator }).click()
      await page.getByRole('link', { name: words.view, exact: true }).click()
      const port = await freePort()
      const giveBack = await takePort(port)
      await choosePort(page, port, words)
      await pressSwitch(page, words)
      const notice = page.getByRole('alert')
      await expect(notice).toContainText(String(port))
      await expect(notice).toContainText('127.0.0.1')
      await expect(gatewaySwitch(page, words)).not.toBeChecked()
      await expect(page.getByRole('status').getByText(words.portTaken)).toBeVisible()

      await notice.getByRole('button', { name: words.useOther(port + 1) }).click()
      await expect(gatewaySwitch(page, words)).toBeChecked()
      await expect(page.getByText(`http://127.0.0.1:${port + 1}/v1`).first()).toBeVisible()
      await giveBack()
    })
  })
}

test('the token is shown once, and is nowhere in the page after it was put away', async ({ app, provider }) => {
  const { page, token } = await openGateway(app, provider.url)
  await expect(tokenDialog(page)).toContainText('This is the only time')
  await page.keyboard.press('Escape')
  await page.mouse.click(5, 5)
  await page.goBack()
  await expect(tokenDialog(page)).toBeVisible()
  await putTokenAway(page)
  expect(await page.content()).not.toContain(token)
  await goTo(page, 'Gateway')
  await expect(page.getByRole('dialog')).toBeHidden()
  expect(await page.content()).not.toContain(token)
  await expect(page.getByRole('figure', { name: 'Snippet for DSLighting' })).toContainText('${KEYWHEEL_TOKEN}')
})

test('what a client waits for is listed while it waits, with the key and the attempt', async ({ app, provider }) => {
  const gate = Promise.withResolvers<void>()
  provider.script(keys[0]!, upstream.rateLimits(60))
  provider.script(keys[1]!, upstream.held(gate.promise, upstream.says('at last')), upstream.rateLimits(20))
  const { page, baseUrl, token, row } = await openGateway(app, provider.url)
  await putTokenAway(page)
  const answer = ask(baseUrl, token, 'scripted')
  const waiting = page.getByRole('table', { name: 'In flight' }).getByRole('row').nth(1)
  await expect(waiting).toContainText(/notebook.*scripted.*acct-2.*2.*waiting for the provider/)
  await expect(row.getByRole('cell').nth(4)).toHaveText('1')
  gate.resolve()
  expect((await answer).status).toBe(200)
  await expect(page.getByText('Nothing is under way.')).toBeVisible()
  await expect(row.getByRole('cell').nth(4)).toHaveText('0')

  const parked = ask(baseUrl, token, 'scripted').then(
    () => 'answered',
    () => 'cut off',
  )
  await expect(waiting).toContainText(/waiting for a key · \d+\ss/)
  await revokeClient(page, 'notebook')
  expect(await parked).toBe('cut off')
  await expect(page.getByText('Give each program a token of its own')).toBeVisible()
})

test('snippets work as pasted: curl, TypeScript and the .env of DSLighting', async ({ app, provider }) => {
  for (const key of keys) provider.script(key, upstream.says('It works.'))
  const { page, token } = await openGateway(app, provider.url)
  const snippet = async (name: string) => {
    await tokenDialog(page).getByRole('tab', { name }).click()
    return (await tokenDialog(page).getByRole('figure').locator('pre').textContent()) ?? ''
  }
  const env = { ...process.env, no_proxy: '127.0.0.1' }
  expect((await run('bash', ['-c', await snippet('curl')], { env })).stdout).toContain('It works.')
  const inNode = ['--input-type=module', '-e', await snippet('TypeScript')]
  expect((await run(process.execPath, inNode, { env, cwd: root })).stdout).toBe('It works.\n')

  const variables = expandVariables(parseDotenv(await snippet('DSLighting')), new Map())
  const configs = JSON.parse(variables.get('LLM_MODEL_CONFIGS') ?? '') as Record<string, Record<string, string>>
  const model = variables.get('LLM_MODEL') ?? ''
  const { api_key: key = '', api_base: apiBase = '', provider: named = '' } = configs[model] ?? {}
  expect(key).toBe(token)
  // As its library asks: by the id that is left of the name when the provider was put in front and taken off again.
  const answer = await ask(apiBase, key, upstreamModelId(model, named))
  expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('It works.') })
})

test('the gateway stays on or off over a restart, and nothing answers while it is off', async ({ app, provider }) => {
  provider.script(keys[0]!, upstream.says('Hello'))
  const { page, baseUrl, token } = await openGateway(app, provider.url)
  await putTokenAway(page)

  const again = await app.restart()
  await again.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await expect(again.getByText('until the vault is open, programs are told')).toBeVisible()
  await again.getByRole('button', { name: 'Unlock' }).click()
  await again.getByRole('button', { name: `Gateway on ${new URL(baseUrl).host} · 1 client` }).waitFor()
  expect((await ask(baseUrl, token, 'scripted')).status).toBe(200)

  await goTo(again, 'Gateway')
  await pressSwitch(again)
  await expect(again.getByRole('status').getByText('off', { exact: true })).toBeVisible()
  await expect(ask(baseUrl, token, 'scripted')).rejects.toThrow()

  const last = await app.restart()
  await last.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await last.getByRole('button', { name: 'Unlock' }).click()
  await expect(last.getByRole('link', { name: 'Gateway off' })).toBeVisible()
  await expect(ask(baseUrl, token, 'scripted')).rejects.toThrow()
})

test('a limit that a person sets for a client is in force at once', async ({ app, provider }) => {
  provider.script(keys[0]!, upstream.says('Hello'))
  const { page, baseUrl, token, row } = await openGateway(app, provider.url)
  await putTokenAway(page)
  await page.getByRole('button', { name: 'Edit notebook' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit notebook' })
  await dialog.getByRole('textbox', { name: 'Requests a minute' }).fill('1')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(row).toContainText('1 request/min')
  expect((await ask(baseUrl, token, 'scripted')).status).toBe(200)
  expect((await ask(baseUrl, token, 'scripted')).status).toBe(429)
})

test('a new token ends the one before it, and asks first', async ({ app, provider }) => {
  provider.script(keys[0]!, upstream.says('Hello'))
  const { page, baseUrl, token } = await openGateway(app, provider.url)
  await putTokenAway(page)
  await page.getByRole('button', { name: 'More for notebook' }).click()
  await page.getByRole('menuitem', { name: 'New token…' }).click()
  await expect(page.getByRole('dialog')).toContainText(`ends in ${token.slice(-4)}`)
  await page.getByRole('button', { name: 'Make a new token' }).click()
  const next = await tokenDialog(page).locator('code').first().textContent()
  expect(next).not.toBe(token)
  expect((await ask(baseUrl, token, 'scripted')).status).toBe(401)
  expect((await ask(baseUrl, next ?? '', 'scripted')).status).toBe(200)
})

test('a locked interface asks who it is before it hands out a token, and locking puts a shown one away', async ({
  app,
  provider,
}) => {
  const { page, token } = await openGateway(app, provider.url)
  await putTokenAway(page)
  await page.getByRole('button', { name: /Interface open/ }).click()
  await expect(page.getByRole('button', { name: /Interface locked/ })).toBeVisible()
  await page.getByRole('button', { name: 'New client' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('editor')
  await page.getByRole('button', { name: 'Create client' }).click()
  await openInterface(page, passphrase)
  const shown = await tokenDialog(page).locator('code').first().textContent()
  expect(shown).not.toBe(token)
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Go to a view, a model or an action…').fill('lock the interface')
  await page.keyboard.press('Enter')
  await expect(tokenDialog(page)).toBeHidden()
  expect(await page.content()).not.toContain(shown)
})

test('the palette switches the gateway, opens the form for a client and copies the base URL', async ({ app, page }) => {
  await importOnFirstRun(page, envFor('https://api.example.com/v1', keys))
  await takeImport(page)
  await goTo(page, 'Gateway')
  const port = await freePort()
  await choosePort(page, port)
  const command = async (name: string) => {
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Go to a view, a model or an action…').fill(name)
    await page.keyboard.press('Enter')
  }
  await command('Switch the gateway on')
  await expect(gatewaySwitch(page)).toBeChecked()
  if (app.host === 'browser-host') await page.context().grantPermissions(['clipboard-write'])
  await page.getByRole('button', { name: /^Gateway on/ }).click()
  await expect(page.getByText(`Copied http://127.0.0.1:${port}/v1.`)).toBeVisible()
  await command('Switch the gateway off')
  await expect(page.getByRole('link', { name: 'Gateway off' })).toBeVisible()
  await command('New gateway client')
  await expect(page.getByRole('dialog', { name: 'New client' })).toBeVisible()
})

test('nothing is said of the gateway while main cannot be heard', async ({ app, provider }) => {
  test.skip(app.host !== 'browser-host', 'A desktop window ends with its main process.')
  app.tolerate(/ERR_CONNECTION_(?:REFUSED|RESET)/)
  const { page } = await openGateway(app, provider.url)
  await putTokenAway(page)
  const { pid } = JSON.parse(await readFile(join(app.dataFolder, 'instance.lock'), 'utf8')) as { pid: number }
  process.kill(pid, 'SIGKILL')
  await expect(page.getByRole('status').getByText('unknown')).toBeVisible()
  await expect(gatewaySwitch(page)).toBeDisabled()
  await expect(gatewaySwitch(page)).not.toBeChecked()
  await expect(page.getByRole('link', { name: 'Gateway unknown' })).toBeVisible()
})
