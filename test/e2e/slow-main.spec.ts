// What a person does while main still answers is theirs: a late answer closes nothing, leads nowhere and overwrites nothing.
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { chooseEnvFile, envFor, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'
import { slowAnswers } from './support/slow-answers.ts'

test.beforeEach(({ host }) => test.skip(host !== 'browser-host', 'answers can be held on the way in a browser only'))

const secretOf = (number: number) => `sk-of-a-slow-main-${String(number).padStart(4, '0')}`

/** A model with two keys, in a page that answers to `path` can be held back from. */
async function openModel(page: Page, path: string) {
  await importOnFirstRun(page, envFor('https://api.example.com/v1', [secretOf(1), secretOf(2)]))
  await takeImport(page)
  const answers = await slowAnswers(page, path)
  await page.reload()
  await goTo(page, 'Models & keys')
  return answers
}

/** The palette is there whatever dialogue is open. */
async function goByPalette(page: Page, view: string) {
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Go to a view, a model or an action…').fill(view)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: view }).waitFor()
}

async function openMenu(page: Page, place: number, item: string) {
  await page
    .getByRole('button', { name: /^More for / })
    .nth(place)
    .click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('whoever goes on while a model is added is not called back to it', async ({ page }) => {
  const added = await openModel(page, 'models/add')
  await page.getByRole('button', { name: 'Add a model' }).click()
  const form = page.getByRole('dialog', { name: 'Add a model' })
  await form.getByRole('textbox', { name: 'Model', exact: true }).fill('another')
  await form.getByRole('combobox', { name: 'Base URL' }).fill('https://api.other.example/v1')
  added.hold()
  await form.getByRole('button', { name: 'Add a model' }).click()
  await expect.poll(added.held).toBe(1)
  await goByPalette(page, 'Playground')
  added.release()
  await expect(page.getByText('another was added.')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Playground' })).toBeVisible()
})

test('a key that is saved after its form was closed does not close that of another one', async ({ page }) => {
  const saved = await openModel(page, 'keys/editMany')
  await openMenu(page, 0, 'Edit…')
  const form = page.getByRole('dialog')
  const account = form.getByLabel('Account', { exact: true })
  await account.fill('first account')
  saved.hold()
  await form.getByRole('button', { name: 'Save' }).click()
  await expect.poll(saved.held).toBe(1)
  await form.getByRole('button', { name: 'Cancel' }).last().click()
  await form.getByRole('button', { name: 'Discard it' }).click()
  await expect(form).toBeHidden()
  await openMenu(page, 1, 'Edit…')
  await account.fill('second account')
  saved.release()
  await expect(page.getByText(/ was saved\./)).toBeVisible()
  await expect(account).toHaveValue('second account')
})

test('a key is shown to nobody who has gone elsewhere, neither then nor later', async ({ page }) => {
  const revealed = await openModel(page, 'keys/reveal')
  revealed.hold()
  await openMenu(page, 0, 'Show key')
  await expect.poll(revealed.held).toBe(1)
  await goTo(page, 'Activity')
  revealed.release()
  await goTo(page, 'Models & keys')
  await expect(page.getByRole('table', { name: 'Keys of scripted' })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await openMenu(page, 0, 'Show key')
  await expect(page.getByRole('dialog')).toContainText(secretOf(1))
})

test('headers that are removed one right after the other are gone, and one that was asked for twice comes back', async ({
  page,
}) => {
  const edited = await openModel(page, 'models/edit')
  await page.getByRole('tab', { name: 'Settings' }).click()
  const headers = page.getByRole('group', { name: 'Extra headers' })
  for (const name of ['X-First', 'X-Second']) {
    await headers.getByRole('button', { name: 'Add a header' }).click()
    const form = page.getByRole('dialog')
    await form.getByRole('combobox', { name: 'Name' }).fill(name)
    await form.getByLabel('Value', { exact: true }).fill(`the value of ${name}`)
    await page.keyboard.press('Enter')
    await expect(form).toBeHidden()
  }
  edited.hold()
  await headers.getByRole('button', { name: 'Remove X-First' }).click()
  await headers.getByRole('button', { name: 'Remove X-Second' }).dblclick()
  await expect.poll(edited.held).toBeGreaterThan(0)
  edited.release()
  await expect(headers.getByRole('listitem')).toHaveCount(0)
  await page
    .getByRole('alert')
    .filter({ hasText: 'X-Second is not sent any more.' })
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect(headers.getByRole('listitem')).toHaveCount(1)
  await expect(headers.getByRole('listitem')).toContainText('X-Second')
})

test('who goes on typing while a key is moved keeps the focus', async ({ page }) => {
  const moved = await openModel(page, 'keys/move')
  const handles = page.getByRole('button', { name: /^Move / })
  await handles.first().focus()
  moved.hold()
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(moved.held).toBe(1)
  const filter = page.getByRole('searchbox', { name: 'Filter models and keys' })
  await filter.fill('scrip')
  moved.release()
  await expect(page.getByText(/ is now 2 of 2\./)).toBeAttached()
  await page.keyboard.type('ted')
  await expect(filter).toHaveValue('scripted')
  await handles.last().focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(handles.first()).toBeFocused()
})

test('two kinds of notification that are switched off one right after the other are both off', async ({ page }) => {
  await openModel(page, 'settings/set')
  await goTo(page, 'Settings')
  const kinds = page.getByRole('switch', { name: /^A key (was rejected|is exhausted)$/ })
  await expect(kinds).toHaveCount(2)
  // Before main can have answered the first.
  await page.evaluate(`for (const kind of document.querySelectorAll('[role="switch"]'))
    if (/^A key (was rejected|is exhausted)$/.test(kind.labels[0]?.textContent)) kind.click()`)
  await expect(kinds.last()).not.toBeChecked()
  await expect(kinds.first()).not.toBeChecked()
})

test('a file that is looked at while another one is taken over stays, and the other one can be undone', async ({
  page,
}) => {
  const applied = await openModel(page, 'transfer/apply')
  await goTo(page, 'Import / export')
  await chooseEnvFile(page, envFor('https://api.other.example/v1', [secretOf(3)], 'taken'), 'taken.env')
  applied.hold()
  await page.getByRole('button', { name: 'Take 1 model' }).click()
  await expect.poll(applied.held).toBe(1)
  const text = JSON.stringify(envFor('https://api.third.example/v1', [secretOf(4)], 'looked-at'))
  const dropped = await page.evaluateHandle<object>(`(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([${text}], 'looked-at.env'))
    return transfer
  })()`)
  await page.dispatchEvent('body', 'drop', { dataTransfer: dropped })
  const heading = page.getByRole('heading', { name: 'What looked-at.env would change' })
  await expect(heading).toBeVisible()
  applied.release()
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('The import was undone.')).toBeVisible()
  await expect(heading).toBeVisible()
})

test('keys that are deleted by a double click are deleted once', async ({ page }) => {
  const removed = await openModel(page, 'keys/remove')
  await page
    .getByRole('checkbox', { name: /^Select / })
    .nth(1)
    .check()
  removed.hold()
  await page.getByRole('button', { name: 'Delete', exact: true }).dblclick()
  await expect.poll(removed.held).toBeGreaterThan(0)
  removed.release()
  const alerts = page.getByRole('alert')
  await alerts.getByRole('button', { name: 'Undo' }).click()
  await expect(alerts.filter({ hasText: 'Taken back: 1 key was deleted.' })).toBeVisible()
  await expect(alerts.filter({ hasText: 'no longer there' })).toHaveCount(0)
})

test('whoever chooses another file while one is written goes on with that, and hears of the first', async ({
  page,
}) => {
  const written = await openModel(page, 'export/write')
  await goTo(page, 'Import / export')
  await page.getByRole('tab', { name: 'Export', exact: true }).click()
  const file = page.getByLabel('File', { exact: true })
  await file.fill('~/first.env')
  await page.getByRole('button', { name: 'Look at it', exact: true }).click()
  written.hold()
  await page.getByRole('button', { name: 'Write the file' }).click()
  await expect.poll(written.held).toBe(1)
  await file.fill('~/second.env')
  written.release()
  await expect(page.getByRole('alert').filter({ hasText: 'first.env is written.' })).toBeVisible()
  await expect(file).toHaveValue('~/second.env')
})
