import { expect, test } from './support/app.ts'
import { guideExample, passphrase } from './support/keywheel.ts'

test.use({ language: 'zh-CN' })

test('从导入 .env 到聊天，全部是中文', async ({ page }) => {
  await page.getByRole('radio', { name: /口令/ }).check()
  await page.getByLabel('口令', { exact: true }).fill(passphrase)
  await page.getByLabel('再次输入口令').fill(passphrase)
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: '选择文件' }).click()
  await (await choosing).setFiles({ name: '.env', mimeType: 'text/plain', buffer: Buffer.from(guideExample) })
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(4)
  await page.getByRole('button', { name: '采用 3 个模型' }).click()
  await page.getByRole('link', { name: '模型与密钥' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '模型与密钥' })).toBeVisible()
  const text = await page.locator('body').innerText()
  expect(text).not.toMatch(/\b(ready|Keys|Settings|Dashboard|added)\b/)
})
