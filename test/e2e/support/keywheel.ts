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

export const passphrase = 'correct horse battery staple'

/** Fills in how the vault is protected, where the first run asks for it; a desktop offers its keychain first. */
export async function choosePassphrase(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'A passphrase' }).check()
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByLabel('The passphrase again').fill(passphrase)
}

/** The three models of DSLighting's guide, and two whose keys answer or fail at a scripted provider. */
export const guideExample = `# .env 文件
LLM_MODEL_CONFIGS='{
  "glm-4.7": {
    "api_key": ["sk-key1...", "sk-key2...", "sk-key3..."],
    "api_base": "https://open.bigmodel.cn/api/paas/v4",
    "temperature": 1.0,
    "provider": "openai"
  },
  "openai/deepseek-ai/DeepSeek-V3": {
    "api_key": ["sk-ds1...", "sk-ds2..."],
    "api_base": "https://api.siliconflow.cn/v1",
    "temperature": 1.0
  },
  "gpt-4o": {
    "api_key": "sk-openai-single-key...",
    "api_base": "https://api.openai.com/v1",
    "temperature": 0.7
  }
}'
`

/** With the protection chosen, a file is all that is missing: the vault is created and the file looked at. */
export async function importOnFirstRun(page: Page, text: string | Buffer): Promise<void> {
  await choosePassphrase(page)
  await chooseEnvFile(page, text)
}

/** Hands a file to whichever file chooser the page shows. */
export async function chooseEnvFile(page: Page, text: string | Buffer, name = '.env'): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: /^(Choose a file|选择文件)$/ }).click()
  await (await choosing).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
}

/** Ticks nothing and takes what the preview offers. */
export async function takeImport(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Take [\d,]+ models?$/ }).click()
  await page.getByRole('heading', { name: 'The import is done' }).waitFor()
}

/** A .env with one model at a provider of the test's own. */
export const envFor = (apiBase: string, keys: readonly string[], model = 'scripted') =>
  `LLM_MODEL_CONFIGS='${JSON.stringify({ [model]: { api_key: keys, api_base: apiBase } })}'\n`

export async function send(page: Page, message: string): Promise<void> {
  await page.getByLabel('Message', { exact: true }).fill(message)
  await page.keyboard.press('Enter')
}
