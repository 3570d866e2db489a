import type { Page } from '@playwright/test'

/** What a person does in Keywheel, in the words of the page; the texts are English unless a test says otherwise. */
export async function startSimulator(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start the simulator' }).click()
  await page.getByRole('navigation', { name: 'Views' }).waitFor()
}

export async function goTo(page: Page, view: string): Promise<void> {
  await page.getByRole('link', { name: view, exact: true }).click()
  await page.getByRole('heading', { level: 1, name: view }).waitFor()
  await page.getByText('Loading…', { exact: true }).waitFor({ state: 'hidden' })
}

export async function chooseTheme(page: Page, theme: 'as the system' | 'light' | 'dark'): Promise<void> {
  await page.getByRole('button', { name: /^Theme: / }).click()
  await page.getByRole('menuitem', { name: theme }).click()
}

/** Whichever language the page is in now. */
export async function chooseLanguage(page: Page, language: 'English' | '简体中文'): Promise<void> {
  await page.getByRole('button', { name: /^(Language|语言)$/ }).click()
  await page.getByRole('menuitem', { name: language }).click()
}
