import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { expect, test } from './support/app.ts'
import { envFor, goTo, importOnFirstRun, send, takeImport } from './support/keywheel.ts'
import { recordNotifications } from './support/notifications.ts'

const secrets = ['sk-activity-of-account-0001', 'sk-activity-of-account-0002']

/** A first key that is rejected, and a second one that answers. */
async function play(page: Page): Promise<() => Promise<void>> {
  const provider = await startMockUpstream(['scripted'])
  provider.script(secrets[0]!, upstream.rejectsKey())
  provider.script(secrets[1]!, upstream.says('the answer of acct-2'))
  await importOnFirstRun(page, envFor(provider.url, secrets))
  await takeImport(page)
  return () => provider.close()
}

test('prompts and answers are recorded only when that is switched on, which the view says at its top', async ({
  page,
}) => {
  const end = await play(page)
  await goTo(page, 'Activity')
  await expect(page.getByText('Prompts and answers are not recorded.')).toBeVisible()
  await goTo(page, 'Settings')
  const records = page.getByRole('switch', { name: 'Record prompts and answers' })
  await records.click()
  await expect(records).toBeChecked()
  await goTo(page, 'Playground')
  await send(page, 'the question of a person')
  await expect(page.getByRole('article')).toContainText('2 attempts')

  await goTo(page, 'Activity')
  await expect(page.getByText('Prompts and answers are being recorded. Settings turns it off.')).toBeVisible()
  await page.getByRole('button', { name: /^Details of request/ }).click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByLabel('Prompt', { exact: true })).toContainText('the question of a person')
  await expect(drawer.getByLabel('Answer', { exact: true })).toContainText('the answer of acct-2')
  await drawer.getByRole('button', { name: 'Close' }).click()

  for (const [item, holds] of [
    ['As JSON', false],
    ['JSON, with what was said', true],
  ] as const) {
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: item, exact: true }).click()
    const text = await readFile(await (await downloading).path(), 'utf8')
    expect(text.includes('the question of a person')).toBe(holds)
  }
  await end()
})

test('the page itself notifies of a key that is rejected, by its name and its model', async ({ page, host }) => {
  test.skip(host !== 'browser-host', 'a desktop notifies through main')
  const shown = await recordNotifications(page)
  const end = await play(page)
  await goTo(page, 'Settings')
  await expect(page.getByRole('switch', { name: 'A key was rejected' })).toBeChecked()
  await goTo(page, 'Playground')
  await send(page, 'hello')
  await expect
    .poll(shown)
    .toEqual([expect.stringMatching(/acct-1 was rejected.*provider of scripted refuses this key/)])
  await end()
})
