import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { chooseLanguage, envFor, goTo, importOnFirstRun, takeImport } from './support/keywheel.ts'

type Language = 'en' | 'zh-CN'
type Said = Readonly<Record<Language, string>>

const names = {
  en: {
    language: 'English',
    settings: /Settings/,
    model: 'Model',
    apiBase: 'Base URL',
    provider: 'Provider',
    temperature: 'Temperature',
    maxWait: 'Waits for a key at most',
    deadline: 'One request takes at most',
    save: 'Save',
    reset: 'Reset',
    more: 'More for acct-1',
    edit: 'Edit…',
    label: 'Label',
    account: 'Account',
    perMinute: 'Requests a minute',
    atOnce: 'At the same time',
    weightOf: 'Weight: 1',
    weight: 'Weight',
    add: 'Add keys',
    keys: 'Keys',
    found: 'What was found',
  },
  'zh-CN': {
    language: '简体中文',
    settings: /设置/,
    model: '模型',
    apiBase: '基础地址',
    provider: '服务商',
    temperature: '温度',
    maxWait: '最多等待密钥',
    deadline: '单个请求最多用时',
    save: '保存',
    reset: '还原',
    more: 'acct-1 的更多操作',
    edit: '编辑…',
    label: '标签',
    account: '账户',
    perMinute: '每分钟请求数',
    atOnce: '同时请求数',
    weightOf: '权重: 1',
    weight: '权重',
    add: '添加密钥',
    keys: '密钥',
    found: '识别结果',
  },
} as const

const canary = 'canary-of-a-secret'
const notAUrl: Said = {
  en: 'This is not a web address. Write it like https://api.example.com/v1.',
  'zh-CN': '这不是网址。请写成 https://api.example.com/v1 的样子。',
}
const scheme: Said = {
  en: 'Only https:// (or http:// on this machine or a private network) can be used.',
  'zh-CN': '只能使用 https://（本机或内网也可用 http://）。',
}
const machineOwn: Said = {
  en: "This address belongs to the machine's own services and never gets a key.",
  'zh-CN': '该地址属于本机自身的服务，绝不会向它发送密钥。',
}
const temperature: Said = {
  en: 'A temperature is a number from 0 to 2, or nothing.',
  'zh-CN': '温度是 0 到 2 之间的数字，或留空。',
}
const seconds: Said = {
  en: 'Up to 3,600 seconds; a request needs at least one.',
  'zh-CN': '最多 3,600 秒；请求至少 1 秒。',
}
const limit: Said = {
  en: 'A whole number from 1 to 1,000,000,000, or nothing.',
  'zh-CN': '请填写 1 到 1,000,000,000 的整数，或留空。',
}

type ModelField = 'model' | 'apiBase' | 'provider' | 'temperature' | 'maxWait' | 'deadline'

/** What is typed into which field of a model, and what is said at it. */
const modelRefusals: readonly (readonly [ModelField, string, Said])[] = [
  ['apiBase', ' ', { en: 'Write the base URL.', 'zh-CN': '请填写基础地址。' }],
  ['apiBase', 'api.example.com/v1', notAUrl],
  ['apiBase', '//api.example.com/v1', notAUrl],
  ['apiBase', 'https://api.example.com:99999/v1', notAUrl],
  ['apiBase', 'ftp://api.example.com/v1', scheme],
  ['apiBase', 'file:///etc/passwd', scheme],
  ['apiBase', 'javascript:alert(1)', scheme],
  [
    'apiBase',
    'http://api.example.com/v1',
    {
      en: 'http:// would send the key readable to everyone on the way. Use https://.',
      'zh-CN': 'http:// 会让途中的任何人看到密钥。请使用 https://。',
    },
  ],
  [
    'apiBase',
    `https://person:${canary}@api.example.com/v1`,
    {
      en: 'The address holds a user name or password. Leave that out.',
      'zh-CN': '地址中含有用户名或密码，请去掉。',
    },
  ],
  [
    'apiBase',
    `https://api.example.com/v1?key=${canary}`,
    {
      en: 'The address holds a question mark and parameters. Leave those out.',
      'zh-CN': '地址中含有问号和参数，请去掉。',
    },
  ],
  [
    'apiBase',
    `https://api.example.com/v1#${canary}`,
    { en: 'The address holds a # part. Leave that out.', 'zh-CN': '地址中含有 # 部分，请去掉。' },
  ],
  ['apiBase', 'https://api.example.com:0/v1', { en: 'This port cannot be used.', 'zh-CN': '不能使用这个端口。' }],
  ['apiBase', 'http://169.254.169.254/v1', machineOwn],
  ['apiBase', 'http://[::ffff:169.254.169.254]/v1', machineOwn],
  ['apiBase', 'https://metadata.google.internal/v1', machineOwn],
  [
    'apiBase',
    `https://api.example.com/${'v'.repeat(2048)}`,
    { en: 'A base URL has at most 2,048 characters.', 'zh-CN': '基础地址最多 2,048 个字符。' },
  ],
  ['model', ' ', { en: "Write the model's name.", 'zh-CN': '请填写模型名称。' }],
  ['model', 'm'.repeat(5000), { en: 'A name has at most 256 characters.', 'zh-CN': '名称最多 256 个字符。' }],
  [
    'model',
    'a\u0007model',
    { en: 'A name cannot hold line breaks or control characters.', 'zh-CN': '名称不能包含换行或控制字符。' },
  ],
  ['provider', 'p'.repeat(65), { en: 'A provider has at most 64 characters.', 'zh-CN': '服务商最多 64 个字符。' }],
  ['temperature', '-1', temperature],
  ['temperature', '3', temperature],
  ['maxWait', '-1', seconds],
  ['maxWait', 'soon', seconds],
  ['deadline', '0', seconds],
  ['deadline', 'Infinity', seconds],
]

type KeyField = 'label' | 'account' | 'perMinute' | 'atOnce'

const keyRefusals: readonly (readonly [KeyField, string, Said])[] = [
  ['label', ' ', { en: 'Write a label.', 'zh-CN': '请填写标签。' }],
  ['label', 'l'.repeat(81), { en: 'A label has at most 80 characters.', 'zh-CN': '标签最多 80 个字符。' }],
  ['account', 'a'.repeat(81), { en: 'An account has at most 80 characters.', 'zh-CN': '账户最多 80 个字符。' }],
  ['perMinute', '0', limit],
  ['perMinute', '-1', limit],
  ['perMinute', '1e12', limit],
  ['perMinute', 'Infinity', limit],
  ['perMinute', '1e400', limit],
  ['atOnce', '1.5', limit],
  ['atOnce', 'many', limit],
]

/** What is pasted as a key, and what is said of it; the model is one of OpenAI's. */
const pasted: readonly (readonly [what: string, text: string, said: Said])[] = [
  [
    'a header of a request',
    'Authorization: Bearer sk-live-of-a-person-0001',
    {
      en: 'Spaces, quotes or “Bearer” around 1 key are left out.',
      'zh-CN': '已去掉 1 个密钥前后的空格、引号或“Bearer”。',
    },
  ],
  [
    'a control character inside',
    'sk-with\u0001control-0001',
    {
      en: 'A line break, tab or control character stands inside a key. (line 1, character 8)',
      'zh-CN': '密钥中含有换行、制表符或控制字符。 （第 1 行第 8 个字符）',
    },
  ],
  [
    'a full-width letter',
    '\nsk-ｆull-width-0001',
    {
      en: 'A character that no key has, such as a full-width letter or a curly quote. (line 2, character 4)',
      'zh-CN': '含有密钥不会有的字符，例如全角字母或弯引号。 （第 2 行第 4 个字符）',
    },
  ],
  [
    'a masked key',
    'sk-…abcd',
    { en: 'A masked key: copy the whole one.', 'zh-CN': '这是打码的密钥，请复制完整的密钥。' },
  ],
  [
    'one character',
    'x',
    {
      en: 'Line 1 looks like a token or is very short. It is added all the same.',
      'zh-CN': '第 1 行看起来像令牌或过短，仍会添加。',
    },
  ],
  ['five thousand characters', 'k'.repeat(5000), { en: 'Longer than any key.', 'zh-CN': '超过任何密钥的长度。' }],
  [
    'an example out of a guide',
    'your-api-key',
    {
      en: '1 looks like an example from a guide. It is added all the same.',
      'zh-CN': '1 个看起来像指南中的示例，仍会添加。',
    },
  ],
  [
    'a key of another provider',
    'sk-ant-api03-of-a-person-0001',
    {
      en: 'Line 1 looks like a key of Anthropic. It is added all the same.',
      'zh-CN': '第 1 行看起来像 Anthropic 的密钥，仍会添加。',
    },
  ],
  [
    'a token of GitHub',
    `ghp_${'a1'.repeat(18)}`,
    {
      en: 'Line 1 looks like a token or is very short. It is added all the same.',
      'zh-CN': '第 1 行看起来像令牌或过短，仍会添加。',
    },
  ],
  [
    'a private key',
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n-----END PRIVATE KEY-----',
    { en: 'A private key does not belong here.', 'zh-CN': '私钥不应放在这里。' },
  ],
  [
    'a whole configuration',
    envFor('https://api.example.com/v1', ['sk-in-a-file-0001']),
    { en: 'This looks like a whole configuration.', 'zh-CN': '这看起来是一份完整的配置。' },
  ],
]

const shortened = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)

async function refusedAt(field: Locator, said: string, around: Locator | Page) {
  await expect(around.getByText(said, { exact: true })).toBeVisible()
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(around.getByText(canary)).toHaveCount(0)
}

for (const language of ['en', 'zh-CN'] as const) {
  const say = names[language]

  test.describe(`in ${language}`, () => {
    test.beforeEach(async ({ page }) => {
      await importOnFirstRun(page, envFor('https://api.openai.com/v1', ['sk-of-a-person-number-0001'], 'gpt-4o'))
      await takeImport(page)
      await goTo(page, 'Models & keys')
      if (language !== 'en') await chooseLanguage(page, say.language)
    })

    test('what a model cannot have is said at its field, and nothing of it is saved', async ({ page }) => {
      await page.getByRole('tab', { name: say.settings }).click()
      const form = page.getByRole('tabpanel', { name: say.settings })
      const fieldOf = (name: ModelField) =>
        name === 'apiBase'
          ? form.getByRole('combobox', { name: say.apiBase })
          : form.getByRole('textbox', { name: say[name], exact: true })
      for (const [name, typed, said] of modelRefusals) {
        await test.step(`${name} ${shortened(typed)}`, async () => {
          const before = await fieldOf(name).inputValue()
          await fieldOf(name).fill(typed)
          await form.getByRole('button', { name: say.save }).click()
          await refusedAt(fieldOf(name), said[language], form)
          await form.getByRole('button', { name: say.reset }).click()
          await expect(fieldOf(name)).toHaveValue(before)
          await expect(form.getByText(said[language], { exact: true })).toBeHidden()
        })
      }
    })

    test('what a key cannot have is said at its field', async ({ page }) => {
      await page.getByRole('button', { name: say.more }).click()
      await page.getByRole('menuitem', { name: say.edit }).click()
      const form = page.getByRole('dialog')
      for (const [name, typed, said] of keyRefusals) {
        await test.step(`${name} ${shortened(typed)}`, async () => {
          const field = form.getByRole('textbox', { name: say[name], exact: true })
          const before = await field.inputValue()
          await field.fill(typed)
          await form.getByRole('button', { name: say.save }).click()
          await refusedAt(field, said[language], form)
          await field.fill(before)
          await expect(form.getByText(said[language], { exact: true })).toBeHidden()
        })
      }
    })

    test('a weight that is none is said in its cell', async ({ page }) => {
      const said = { en: 'A whole number from 0 to 1,000.', 'zh-CN': '请填写 0 到 1,000 的整数。' }[language]
      for (const typed of ['-1', '1.5', '1001', 'much']) {
        await page.getByRole('button', { name: say.weightOf }).click()
        const field = page.getByRole('textbox', { name: say.weight })
        await field.fill(typed)
        await field.press('Enter')
        await refusedAt(field, said, page)
        await field.press('Escape')
      }
    })

    test('what is odd or wrong about a pasted key is said before anything is added', async ({ page }) => {
      await page.getByRole('button', { name: say.add }).click()
      const dialog = page.getByRole('dialog')
      const found = dialog.getByRole('list', { name: say.found })
      for (const [what, text, said] of pasted) {
        await test.step(what, async () => {
          await dialog.getByRole('textbox', { name: say.keys }).fill(text)
          await expect(found).toContainText(said[language])
          expect(await found.innerText()).not.toContain(text)
        })
      }
    })
  })
}
