import type { Page } from '@playwright/test'
import { startMockUpstream, type MockUpstream } from '../../support/mock-upstream/mock-upstream.ts'
import { test as base, type App } from './app.ts'
import { envFor, goTo, importOnFirstRun, takeImport } from './keywheel.ts'

export const keys = ['sk-scripted-for-account-0001', 'sk-scripted-for-account-0002'] as const

/** A provider whose every answer the test scripts, by key. */
export const test = base.extend<{ provider: MockUpstream }>({
  // Playwright wants the fixtures destructured, also when there is none to use.
  // oxlint-disable-next-line no-empty-pattern
  provider: async ({}, provide) => {
    const provider = await startMockUpstream(['scripted'])
    await provide(provider)
    await provider.close()
  },
})

export { expect } from './app.ts'

/** A vault with one model of these keys, open in the playground. */
export async function openPlayground(app: App, apiBase: string, secrets: readonly string[] = keys) {
  await importOnFirstRun(app.page, envFor(apiBase, secrets))
  await takeImport(app.page)
  await goTo(app.page, 'Playground')
  return { page: app.page, answer: app.page.getByRole('article').last() }
}

export const conversations = (page: Page) => page.getByRole('navigation', { name: 'Conversations' })
export const conversationRows = (page: Page) => conversations(page).getByRole('listitem')
export const pane = (page: Page, number: number) => page.getByRole('region', { name: `Pane ${number}` })

export async function conversationMenu(page: Page, title: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${title}` }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}
