import { expect, type Page } from '@playwright/test'
import { press, tabTo } from './keyboard.ts'
import { passphrase } from './keywheel.ts'
import { textsOf, type Language } from './texts.ts'

export const main = (page: Page) => page.getByRole('main')
export const dialog = (page: Page) => page.getByRole('dialog')
export const row = (page: Page, label: string) => page.getByRole('row').filter({ hasText: label })

/** Into the field that has the focus, in the place of what was there. */
export async function retype(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  await page.keyboard.type(text)
}

/** To a view, as anybody at a keyboard goes there. */
export async function goTo(page: Page, letter: string, heading: string): Promise<void> {
  await page.keyboard.press('g')
  await page.keyboard.press(letter)
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
}

/** What the page says in one language, and what is done in it with nothing but the keyboard. */
export function byKeyboard(language: Language) {
  const say = textsOf(language)
  const button = (page: Page, name: string, values = {}) =>
    page.getByRole('button', { name: say(name, values), exact: true })
  const field = (page: Page, name: string) => page.getByRole('textbox', { name: say(name), exact: true })

  /** A text about a number of things; Chinese has one form for any. */
  const counted = (name: string, count: number, values = {}) =>
    say(`${name}_${language === 'en' && count === 1 ? 'one' : 'other'}`, { count, ...values })

  /** Goes to a field and fills it in. */
  async function type(page: Page, name: string, text: string) {
    await tabTo(field(page, name))
    await retype(page, text)
  }

  /** The passphrase and once more, which a slip of the hand makes another one at first. */
  async function choosePassphrase(page: Page) {
    const [first, again] = [
      page.getByLabel(say('vault:passphrase'), { exact: true }),
      page.getByLabel(say('vault:again'), { exact: true }),
    ]
    await expect(first).toBeFocused()
    await page.keyboard.type(passphrase)
    await tabTo(again)
    await page.keyboard.type(passphrase.slice(1))
    await page.keyboard.press('Enter')
    await expect(page.getByText(say('vault:differs'))).toBeVisible()
    await expect(again).toBeFocused()
    await retype(page, passphrase)
    await page.keyboard.press('Enter')
  }

  /** Through the first run with a .env that is pasted. */
  async function importText(page: Page, text: string, models = 1) {
    // A desktop offers its keychain first.
    const byPassphrase = page.getByRole('radio', { name: say('vault:protection.pass.name') })
    await tabTo(page.getByRole('radio', { checked: true }))
    while (!(await byPassphrase.isChecked())) await page.keyboard.press('ArrowDown')
    await press(button(page, 'vault:firstRun.import.paste'))
    await expect(field(page, 'vault:firstRun.import.pasteLabel')).toBeFocused()
    await page.keyboard.insertText(text)
    await press(button(page, 'vault:firstRun.import.usePasted'))
    await choosePassphrase(page)
    await expect(main(page)).toBeFocused()
    await press(page.getByRole('button', { name: counted('import:apply', models) }))
    await page.getByRole('heading', { name: say('import:doneTitle') }).waitFor()
  }

  return { say, button, field, counted, type, importText }
}
