import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream, type MockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { expect, test as base } from './support/app.ts'
import { chooseTheme, envFor, goTo, importOnFirstRun, startSimulator, takeImport } from './support/keywheel.ts'

const keys = ['sk-scripted-for-account-0001', 'sk-scripted-for-account-0002']

const test = base.extend<{ provider: MockUpstream }>({
  // Playwright wants the fixtures destructured, also when there is none to use.
  // oxlint-disable-next-line no-empty-pattern
  provider: async ({}, provide) => {
    const provider = await startMockUpstream(['scripted'])
    await provide(provider)
    await provider.close()
  },
})

test('two keys are compared: one answers, the other fails in words, and the figures can be saved', async ({
  app,
  provider,
}) => {
  const { page } = app
  provider.script(keys[0]!, upstream.says('one ', 'two ', 'three'))
  provider.script(keys[1]!, upstream.rejectsKey())
  await importOnFirstRun(page, envFor(provider.url, keys))
  await takeImport(page)
  await goTo(page, 'Playground')
  await page.getByRole('tab', { name: 'Key against key' }).click()
  const form = page.getByRole('form', { name: 'What to compare' })
  await form.getByLabel('Calls with each key').fill('2')
  await expect(form).toContainText('4 calls.')
  await form.getByRole('button', { name: 'Start' }).click()
  const result = page.getByRole('region', { name: 'Result · scripted' })
  await expect(result.getByRole('status')).toContainText('4 of 4 calls, done', { timeout: 30_000 })
  await expect(result.getByRole('row', { name: /^acct-1/ })).toContainText('2 of 2')
  await expect(result.getByRole('row', { name: /^acct-2/ })).toContainText('2 failed')
  await expect(result.getByRole('list', { name: 'Calls that failed' })).toContainText(/401|refused|out/)
  await expect(result.getByRole('img', { name: /Time to first token of each call/ })).toBeVisible()
  const saving = page.waitForEvent('download')
  await result.getByRole('button', { name: 'CSV' }).click()
  const file = await readFile(await (await saving).path(), 'utf8')
  expect(file.trimEnd().split('\r\n')).toHaveLength(5)
  const savingJson = page.waitForEvent('download')
  await result.getByRole('button', { name: 'JSON' }).click()
  const json = await readFile(await (await savingJson).path(), 'utf8')
  const { model, calls } = JSON.parse(json) as { model: string; calls: { keyLabel: string; round: number }[] }
  expect(model).toBe('scripted')
  expect(calls.map(({ keyLabel, round }) => `${keyLabel} ${round}`).toSorted()).toEqual([
    'acct-1 1',
    'acct-1 2',
    'acct-2 1',
    'acct-2 2',
  ])
  for (const key of keys) expect(file + json).not.toContain(key)
  for (const theme of ['dark', 'light'] as const) {
    await chooseTheme(page, theme)
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations).toEqual([])
  }
})

test('a comparison goes on while another view is open, and can be stopped', async ({ app }) => {
  const { page } = app
  await startSimulator(page)
  await goTo(page, 'Playground')
  await page.getByRole('tab', { name: 'Key against key' }).click()
  const form = page.getByRole('form', { name: 'What to compare' })
  for (const label of ['limited', 'quota', 'rejected', 'slow']) await form.getByLabel(label).uncheck()
  await form.getByLabel('Calls with each key').fill('50')
  await form.getByRole('button', { name: 'Start' }).click()
  await goTo(page, 'Settings')
  await goTo(page, 'Playground')
  await page.getByRole('tab', { name: 'Key against key' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'of 50 calls' })).toBeVisible()
  await expect(form.getByLabel('Calls with each key')).toHaveValue('50')
  await form.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Stopped after' })).toBeVisible()
})

test('a double click on Start begins once, and does not stop what it began', async ({ app, provider }) => {
  const { page } = app
  for (const key of keys) provider.script(key, upstream.says('fine'))
  await importOnFirstRun(page, envFor(provider.url, keys))
  await takeImport(page)
  await goTo(page, 'Playground')
  await page.getByRole('tab', { name: 'Key against key' }).click()
  await page.getByLabel('Calls with each key').fill('2')
  await page.getByRole('button', { name: 'Start', exact: true }).dblclick()
  const result = page.getByRole('region', { name: 'Result · scripted' })
  await expect(result.getByRole('status')).toContainText('4 of 4 calls, done', { timeout: 30_000 })
  expect(provider.requests).toHaveLength(4)
})

test('what cannot be compared says why, before anything is sent', async ({ app }) => {
  const { page } = app
  await startSimulator(page)
  await goTo(page, 'Playground')
  await page.getByRole('tab', { name: 'Key against key' }).click()
  const form = page.getByRole('form', { name: 'What to compare' })
  const start = form.getByRole('button', { name: 'Start' })
  for (const rounds of ['0', '10000']) {
    await form.getByLabel('Calls with each key').fill(rounds)
    await expect(form).toContainText('From 1 to 100 calls with each key.')
    await expect(start).toBeDisabled()
  }
  await form.getByLabel('Calls with each key').fill('2')
  await form.getByLabel('Prompt').fill('  ')
  await expect(form).toContainText('Write a message.')
  await form.getByLabel('Prompt').fill('hello')
  for (const label of ['limited', 'fine', 'quota', 'rejected', 'slow']) await form.getByLabel(label).uncheck()
  await expect(form).toContainText('Choose 1 to 50 keys.')
  await expect(start).toBeDisabled()
})

test.describe('in Chinese', () => {
  test.use({ language: 'zh-CN' })
  test('keys are compared in Chinese', async ({ app }) => {
    const { page } = app
    await page.getByRole('button', { name: '启动模拟器' }).click()
    await page.getByRole('link', { name: '试验场' }).click()
    await page.getByRole('tab', { name: '密钥对比' }).click()
    await page.getByLabel('每个密钥的调用次数').fill('1')
    await page.getByRole('button', { name: '开始' }).click()
    await expect(page.getByRole('status').filter({ hasText: '次调用，已完成' })).toBeVisible({ timeout: 30_000 })
  })
})
