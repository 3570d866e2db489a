import { expect, type Page } from '@playwright/test'

/** What a person does with the vault, in the words of the page. */
export async function keyMenu(page: Page, label: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${label}` }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

/** Answers the question that a locked interface asks. */
export async function openInterface(page: Page, passphrase: string): Promise<void> {
  const question = page.getByRole('dialog', { name: 'Unlock the interface' })
  await question.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await question.getByRole('button', { name: 'Unlock the interface' }).click()
  await expect(question).toBeHidden({ timeout: 15_000 })
}

/** The kit that is on the screen now. */
export async function readKit(page: Page): Promise<string> {
  const groups = page.getByRole('dialog', { name: 'Your recovery kit' }).getByRole('listitem')
  await expect(groups).toHaveCount(8, { timeout: 15_000 })
  const texts = await groups
    .locator('span')
    .filter({ hasText: /^[0-9A-Z]{5}$/ })
    .allTextContents()
  return texts.join('-')
}

export async function makeKit(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Make a recovery kit' }).click()
  return readKit(page)
}

/** Says that the kit is kept, and types the two groups that are asked for. */
export async function confirmShownKit(page: Page, kit: string): Promise<void> {
  await page.getByRole('button', { name: 'I have kept it' }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirm the kit' })
  await expect(dialog.getByRole('textbox')).toHaveCount(2)
  for (const [place, group] of kit.split('-').entries()) {
    const field = dialog.getByLabel(`Group ${place + 1}`)
    if (await field.isVisible()) await field.fill(group)
  }
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await expect(dialog).toBeHidden()
}
