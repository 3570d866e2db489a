import { expect, test } from './support/app.ts'
import { passphrase } from './support/keywheel.ts'

test.use({ language: 'zh-CN' })

const keys = ['sk-test-of-chinese-0001', 'sk-test-of-chinese-0002', 'sk-test-of-chinese-0003'] as const
const file = (list: readonly string[], temperature: number) =>
  `LLM_MODEL_CONFIGS='${JSON.stringify({ 'glm-4.7': { api_key: list, api_base: 'https://a.example/v1', temperature } })}'\n`

test('识别、差异、冲突、撤销，全部是中文', async ({ page }) => {
  const choose = async (text: string) => {
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: '选择文件' }).click()
    await (await choosing).setFiles({ name: '.env', mimeType: 'text/plain', buffer: Buffer.from(text) })
  }
  await page.getByRole('radio', { name: /口令/ }).check()
  await page.getByLabel('口令', { exact: true }).fill(passphrase)
  await page.getByLabel('再次输入口令').fill(passphrase)
  await choose(file([keys[0], keys[1]], 0.5))
  await expect(page.getByText('识别为 .env 文件。')).toBeVisible()
  await page.getByRole('button', { name: '采用 1 个模型' }).click()
  await page.getByRole('button', { name: '再导入一个文件' }).click()
  await choose(file([keys[1], keys[2], 'sk-…0001'], 1))
  await expect(page.getByText('忽略 1 个：已被遮住；此处的真实密钥不受影响。')).toBeVisible()
  await page.getByRole('combobox', { name: '如何处理 glm-4.7' }).selectOption('以文件为准')
  await page.getByRole('button', { name: '采用 1 个模型' }).click()
  await expect(page.getByRole('heading', { name: '导入完成' })).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: '撤销上次导入' }).click()
  await expect(page.getByText('已撤销导入。')).toBeVisible()
  await page.getByLabel('或粘贴内容').fill(`LLM_MODEL_CONFIGS='{"glm": }'`)
  await page.getByRole('button', { name: '查看' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('JSON 或 YAML 无效')
  await expect(page.getByLabel('或粘贴内容')).toHaveValue(`LLM_MODEL_CONFIGS='{"glm": }'`)
  const text = await page.getByRole('main').innerText()
  expect(text).not.toMatch(/\b(Import|Undo|Merge|keys|Recognised)\b/)
})
