import { expect, test } from './support/app.ts'
import {
  chooseEnvFile,
  choosePassphrase,
  envFor,
  goTo,
  guideExample,
  importOnFirstRun,
  startSimulator,
  takeImport,
} from './support/keywheel.ts'

const utf16 = Buffer.from('\ufeffLLM_MODEL_CONFIGS={}', 'utf16le')
const badFiles: [string, string | Buffer, RegExp][] = [
  ['is not UTF-8', Buffer.from([0x41, 0x3d, 0xe9, 0xff, 0x0a]), /UTF-8/],
  ['is UTF-16', utf16, /UTF-16/],
  ['is over 8 MiB', Buffer.alloc(8 * 1024 * 1024 + 1, 0x23), /8 MiB/],
  ['says nothing of models', 'PATH_TO=x\n', /LLM_MODEL_CONFIGS/],
  ['holds broken JSON', `A=1\nLLM_MODEL_CONFIGS='{\n  "m": {"api_key": }\n}'\n`, /line 3, column 20/i],
  ['never closes its quote', `LLM_MODEL_CONFIGS='{"m": {}}\n`, /quote.*line 1/i],
]

test.describe('a file that', () => {
  for (const [what, content, sentence] of badFiles) {
    test(`${what} is refused in one sentence, and nothing is saved`, async ({ page }) => {
      await startSimulator(page)
      await goTo(page, 'Import / export')
      await chooseEnvFile(page, content, 'broken.env')
      await expect(page.getByRole('alert')).toContainText(sentence)
      await expect(page.getByRole('alert')).toContainText('broken.env')
      await expect(page.getByRole('table', { name: 'Differences' })).toHaveCount(0)
    })
  }
})

test('a second import of the same file finds nothing to do', async ({ page }) => {
  await importOnFirstRun(page, guideExample)
  await takeImport(page)
  await goTo(page, 'Import / export')
  await page.getByRole('button', { name: 'Import another file' }).click()
  await chooseEnvFile(page, guideExample)
  await expect(page.getByText('Everything in this file is already there, or cannot be used.')).toBeVisible()
})

test('keys that are already here go to another host only after a question that names both', async ({ page }) => {
  await importOnFirstRun(page, envFor('https://first.example/v1', ['sk-that-belongs-to-first-0001']))
  await takeImport(page)
  await page.getByRole('button', { name: 'Import another file' }).click()
  await chooseEnvFile(page, envFor('https://second.example/v1', ['sk-that-belongs-to-first-0001']))
  await page.getByRole('button', { name: 'Take 1 model' }).click()
  const question = page.getByRole('dialog', { name: 'Send these keys to another host?' })
  await expect(question).toContainText('first.example')
  await expect(question).toContainText('second.example')
  await question.getByRole('button', { name: 'Send them to second.example' }).click()
  await expect(page.getByRole('heading', { name: 'The import is done' })).toBeVisible()
})

test('a pasted text is looked at like a file', async ({ page }) => {
  await choosePassphrase(page)
  await page.getByRole('button', { name: 'Paste' }).click()
  await page.getByLabel('The text of a .env').fill(guideExample)
  await page.getByRole('button', { name: 'Use this text' }).click()
  await expect(page.getByRole('table', { name: 'Differences' }).getByRole('row')).toHaveCount(4)
})

test('a whole configuration that is pasted among keys is offered to the import', async ({ page }) => {
  await importOnFirstRun(page, envFor('https://first.example/v1', ['sk-canary-of-the-paste-0001']))
  await takeImport(page)
  await page.getByRole('button', { name: 'Open Models & keys' }).click()
  await page.getByRole('button', { name: 'Add keys' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(envFor('https://second.example/v1', ['sk-canary-of-the-paste-0002'], 'second'))
  await dialog.getByRole('button', { name: 'Look at it as an import' }).click()
  await expect(page.getByRole('heading', { name: 'What pasted text would change' })).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'Take second', exact: true })).toBeChecked()
  await expect(dialog).toHaveCount(0)
})

test('a whole configuration that is pasted where the palette adds keys is offered to the import as well', async ({
  page,
}) => {
  await importOnFirstRun(page, envFor('https://first.example/v1', ['sk-canary-of-the-paste-0001']))
  await takeImport(page)
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Go to a view, a model or an action…').fill('Add keys to scripted')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: /^Add keys/ })
  await dialog.getByRole('textbox').fill(envFor('https://second.example/v1', ['sk-canary-of-the-paste-0002'], 'second'))
  await dialog.getByRole('button', { name: 'Look at it as an import' }).click()
  await expect(page.getByRole('heading', { name: 'What pasted text would change' })).toBeVisible()
  await expect(dialog).toHaveCount(0)
})

test('an import is not undone in the place of the one that another window has made since', async ({ page, host }) => {
  test.skip(host !== 'browser-host', 'the desktop has one window')
  await importOnFirstRun(page, envFor('https://first.example/v1', ['sk-canary-of-the-window-0001'], 'first'))
  await takeImport(page)
  const opening = page.context().waitForEvent('page')
  await page.evaluate('void window.open(location.href)')
  const other = await opening
  await goTo(other, 'Import / export')
  await chooseEnvFile(other, envFor('https://second.example/v1', ['sk-canary-of-the-window-0002'], 'second'))
  await takeImport(other)
  const gone = page.getByRole('alert').filter({ hasText: 'That import is no longer the last one' })
  for (const times of [1, 2]) {
    await page.getByRole('button', { name: 'Undo the last import' }).click()
    await expect(gone).toHaveCount(times)
  }
  await goTo(page, 'Models & keys')
  await expect(page.getByRole('link', { name: /second/ })).toBeVisible()
})

test('of several files that are dropped the first is looked at, and that is said', async ({ page }) => {
  await startSimulator(page)
  const text = JSON.stringify(envFor('https://first.example/v1', ['sk-canary-of-the-drop-0001'], 'one'))
  const dropped = await page.evaluateHandle<object>(`(() => {
    const transfer = new DataTransfer()
    for (const name of ['1.env', '2.env']) transfer.items.add(new File([${text}], name))
    return transfer
  })()`)
  await page.dispatchEvent('body', 'drop', { dataTransfer: dropped })
  await expect(page.getByRole('heading', { name: 'What 1.env would change' })).toBeVisible()
  await expect(page.getByText('This is 1.env; drop the others after it.')).toBeVisible()
})

test('a base URL with its version twice and a key of another provider are said before anything is saved', async ({
  page,
}) => {
  await startSimulator(page)
  await goTo(page, 'Import / export')
  await chooseEnvFile(page, envFor('https://api.openai.com/v1/v1', ['sk-ant-canary-of-a-slip-0001'], 'slip'))
  await expect(page.getByText(/slip has a base URL with its version twice/)).toBeVisible()
  await expect(page.getByText(/A key of slip looks like one of another provider/)).toBeVisible()
})
