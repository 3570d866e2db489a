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
