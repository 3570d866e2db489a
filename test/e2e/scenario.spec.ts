import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { expect, test } from './support/app.ts'
import { chooseLanguage, envFor, goTo, importOnFirstRun, send, takeImport } from './support/keywheel.ts'

/**
 * Four requests through three keys, and what every view must say of them:
 * 1. acct-1 is rate-limited, acct-2 answers; 2. acct-2 has lost its credit, acct-3 answers; 3. and 4. acct-3 answers.
 */
const words = {
  en: {
    wheel: 'Keys in rotation order',
    lanes: 'The last attempts, youngest first',
    figures: 'Figures',
    failures: 'Failures by kind over time',
    requests: 'Requests, youngest first',
    states: [/cooling/, /exhausted/, /ready/],
    attempts: [
      ['acct-3', 'answered'],
      ['acct-3', 'answered'],
      ['acct-3', 'answered'],
      ['acct-2', 'insufficient_quota'],
      ['acct-2', 'answered'],
      ['acct-1', '429'],
    ],
    kinds: ['rate-limited', 'exhausted'],
    pointer: /^now 3 · acct-3\. 1 of 3 keys ready/,
    hits: [
      [/^1 · acct-1 rate-limited.*429 rate_limit_exceeded · retry-after 1 min\s30\ss.*→ acct-2 answered in/],
      [/^2 · acct-2 answered/, /^2 · acct-2 exhausted.*429 insufficient_quota.*→ acct-3 answered in/],
    ],
    served: /^3 · acct-3 (answered|\d+ attempts)/,
    setbacks: [/acct-2.*exhausted.*insufficient_quota → acct-3 answered/s, /acct-1.*rate-limited.*→ acct-2 answered/s],
    reason: 'Reason, and where the request went',
    saved: 'Saved by rotation',
    success: 'Success',
    finished: ['Requests / min', '4 finished'],
    tokens: 'Tokens today',
    range: 'Time range',
    quarter: 'Last 15 min',
    activity: 'Activity',
    search: 'Search ids and error texts',
    rotated: 'Rotated',
    details: /^Details of request/,
    headers: '1 header of the answer',
    why: 'Why this key',
    rule: 'It comes after the key that failed.',
    close: 'Close',
    exported: 'Export',
    csv: 'As CSV, for a spreadsheet',
    counted: (count: number) => `${count} requests`,
  },
  'zh-CN': {
    wheel: '按轮换顺序排列的密钥',
    lanes: '最近的尝试，最新在前',
    figures: '指标',
    failures: '各时段的各类失败',
    requests: '请求，最新在前',
    states: [/冷却/, /耗尽/, /就绪/],
    attempts: [
      ['acct-3', '已回答'],
      ['acct-3', '已回答'],
      ['acct-3', '已回答'],
      ['acct-2', 'insufficient_quota'],
      ['acct-2', '已回答'],
      ['acct-1', '429'],
    ],
    kinds: ['限流', '用尽'],
    pointer: /^当前 3 · acct-3\. 3 个密钥中 1 个就绪/,
    hits: [
      [/^1 · acct-1 被限流.*429 rate_limit_exceeded · retry-after 1\s分钟\s30\s秒.*→ acct-2 在 .*内回答/],
      [/^2 · acct-2 已回答/, /^2 · acct-2 额度用尽.*429 insufficient_quota.*→ acct-3 在 .*内回答/],
    ],
    served: /^3 · acct-3 (已回答|\d+ 次尝试)/,
    setbacks: [/acct-2.*额度用尽.*insufficient_quota → acct-3 在/s, /acct-1.*被限流.*→ acct-2 在/s],
    reason: '原因，以及请求转到哪里',
    saved: '轮换挽回',
    success: '成功率',
    finished: ['请求 / 分钟', '已完成 4 个'],
    tokens: '今日 token',
    range: '时间范围',
    quarter: '最近 15 分钟',
    activity: '活动记录',
    search: '搜索 ID 与错误文本',
    rotated: '换过密钥',
    details: /详情/,
    headers: '回答的 1 个标头',
    why: '为什么是这个密钥',
    rule: '排在失败的密钥之后。',
    close: '关闭',
    exported: '导出',
    csv: '导出 CSV（表格软件）',
    counted: (count: number) => `${count} 个请求`,
  },
}

const outOfCredit = upstream.refuses(429, { code: 'insufficient_quota' }, { 'x-request-id': 'req-of-acct-2' })

async function play(page: Page): Promise<() => Promise<void>> {
  const secrets = [1, 2, 3].map((number) => `sk-scenario-of-account-000${number}`)
  const provider = await startMockUpstream(['scripted'])
  provider.script(secrets[0]!, upstream.rateLimits(90))
  provider.script(secrets[1]!, upstream.says('one'), outOfCredit)
  provider.script(secrets[2]!, upstream.says('two'))
  await importOnFirstRun(page, envFor(provider.url, secrets))
  await takeImport(page)
  await goTo(page, 'Playground')
  for (let sent = 1; sent <= 4; sent += 1) {
    await send(page, 'hello')
    await expect(page.getByRole('article').filter({ hasText: /attempts?.*tokens/s })).toHaveCount(sent)
  }
  return () => provider.close()
}

/** As high as a lane is while there are few. */
const rowPx = 52

/** What the canvas says under the pointer along one lane, from left to right; the same words twice in a row are one mark. */
async function hitsIn(page: Page, row: number): Promise<string[]> {
  const box = (await page.getByTestId('lanes').boundingBox())!
  const texts: string[] = []
  for (let x = box.x; x < box.x + box.width; x += 4) {
    await page.mouse.move(x, box.y + (row + 0.5) * rowPx)
    const text = await page.evaluate<string | null>(
      "document.querySelector('[data-testid=lane-tooltip]')?.innerText.replaceAll(/\\s+/g, ' ') ?? null",
    )
    if (text !== null && text !== texts.at(-1)) texts.push(text)
  }
  return texts
}

/** How often the table of failures counts a kind. */
async function countedIn(table: Locator, kind: string): Promise<number> {
  const heads = await table.getByRole('columnheader').allTextContents()
  const column = heads.findIndex((head) => head.includes(kind))
  const rows = await table
    .getByRole('row')
    .filter({ has: table.page().getByRole('cell') })
    .all()
  const cells = await Promise.all(
    rows.map((row) =>
      row
        .getByRole('cell')
        .nth(column - 1)
        .textContent(),
    ),
  )
  return cells.reduce((sum, cell) => sum + Number(cell), 0)
}

/** A dialogue in use has a header of its own, which axe takes for a second banner of the page. */
const aboutBanners = ['landmark-no-duplicate-banner', 'landmark-unique']

async function hasNoFault(page: Page, except: readonly string[] = []): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .disableRules([...except])
    .analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

for (const [language, chosen] of [
  ['en', 'English'],
  ['zh-CN', '简体中文'],
] as const) {
  test(`every view tells the same sequence, in ${chosen}`, async ({ page }) => {
    const say = words[language]
    const end = await play(page)
    await chooseLanguage(page, chosen)
    await page.evaluate("void (location.hash = '#/dashboard')")

    const wheel = page.getByRole('list', { name: say.wheel }).getByRole('listitem')
    for (const [index, state] of say.states.entries()) await expect(wheel.nth(index)).toContainText(state)

    await expect(page.getByRole('img', { name: say.pointer })).toBeVisible()

    const attempts = page.getByRole('table', { name: say.lanes }).getByRole('row')
    await expect(attempts).toHaveCount(say.attempts.length + 1)
    for (const [index, [key, result]] of say.attempts.entries()) {
      await expect(attempts.nth(index + 1)).toContainText(key!)
      await expect(attempts.nth(index + 1)).toContainText(result!)
    }

    await page.keyboard.press('Escape')
    await page.evaluate("document.querySelector('[data-testid=lanes]').previousElementSibling.focus()")
    await page.keyboard.press(' ')
    for (const [row, expected] of say.hits.entries()) {
      const hits = await hitsIn(page, row)
      expect(hits).toHaveLength(expected.length)
      for (const [index, text] of expected.entries()) expect(hits[index]).toMatch(text)
    }
    const last = await hitsIn(page, 2)
    expect(last.length).toBeGreaterThan(0)
    for (const text of last) expect(text).toMatch(say.served)

    // However slow the machine is: nothing of it has left this range yet.
    await page.getByRole('button', { name: say.range }).click()
    await page.getByRole('menuitem', { name: say.quarter }).click()

    const figure = (name: string) =>
      page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd[1]')
    await expect(figure(say.saved)).toContainText(/^2/)
    await expect(figure(say.success)).toContainText(/^100\s?%/)

    await expect(figure(say.finished[0]!)).toContainText(say.finished[1]!)
    // Seven prompt tokens and one of completion for each of the four.
    await expect(figure(say.tokens)).toContainText(/^32/)

    const failures = page.getByRole('table', { name: say.failures })
    for (const kind of say.kinds) await expect.poll(() => countedIn(failures, kind)).toBe(1)
    await expect(failures.getByRole('columnheader')).toHaveCount(1 + say.kinds.length)

    const setbacks = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: say.reason }) })
    await expect(setbacks.getByRole('row')).toHaveCount(1 + say.setbacks.length)
    for (const [index, text] of say.setbacks.entries()) {
      await expect(setbacks.getByRole('row').nth(index + 1)).toContainText(text)
    }
    await hasNoFault(page)

    await page.getByRole('link', { name: say.activity, exact: true }).click()
    const rows = page.getByRole('table', { name: say.requests }).getByTestId('requests').getByRole('row')
    await expect(rows).toHaveCount(4)
    await expect(rows.nth(3)).toContainText(/acct-1.*→.*acct-2/s)
    await expect(rows.nth(2)).toContainText(/acct-2.*→.*acct-3/s)
    await page.getByText(say.rotated, { exact: true }).click()
    await expect(rows).toHaveCount(2)
    await page.getByRole('textbox', { name: say.search }).fill('insufficient_quota')
    await expect(rows).toHaveCount(1)
    await expect(page.getByText(say.counted(1).replace('requests', 'request'), { exact: true })).toBeVisible()

    await rows.getByRole('button', { name: say.details }).click()
    const drawer = page.getByRole('dialog')
    await expect(drawer.getByRole('heading', { name: say.why })).toBeVisible()
    await expect(drawer).toContainText(say.rule)
    await expect(drawer).toContainText('insufficient_quota')
    await drawer.getByText(say.headers, { exact: true }).click()
    await expect(drawer.getByText('req-of-acct-2', { exact: true })).toBeVisible()
    await hasNoFault(page, aboutBanners)
    await drawer.getByRole('button', { name: say.close }).click()

    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: say.exported, exact: true }).click()
    await page.getByRole('menuitem', { name: say.csv }).click()
    const lines = (await readFile(await (await downloading).path(), 'utf8')).trim().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toMatch(/acct-2.*insufficient_quota/)
    expect(lines[2]).toMatch(/acct-3.*served/)
    await end()
  })
}

test.describe('the lanes', () => {
  test('open the request of the attempt that is clicked, and move and zoom by pointer and by keys', async ({
    page,
  }) => {
    const end = await play(page)
    await goTo(page, 'Dashboard')
    const lanes = page.getByRole('region', { name: 'Attempts of each key over time' })
    await lanes.focus()
    await page.keyboard.press(' ')
    await expect(page.getByText(/^paused at/)).toBeVisible()
    const box = (await page.getByTestId('lanes').boundingBox())!
    const firstRow = box.y + rowPx / 2
    const isOver = async (x: number) => {
      await page.mouse.move(x, firstRow)
      return page.evaluate("document.querySelector('[data-testid=lane-tooltip]') !== null")
    }
    let x = box.x + box.width
    while (x > box.x && !(await isOver(x))) x -= 4
    await expect(page.getByTestId('lane-tooltip')).toContainText(/1 · acct-1.*429 rate_limit_exceeded.*acct-2 answered/)
    await page.mouse.click(x, firstRow)
    await expect(page.getByRole('dialog')).toContainText('acct-1')
    await page.keyboard.press('Escape')

    await goTo(page, 'Dashboard')
    await page.keyboard.press('Escape')
    await lanes.focus()
    await page.keyboard.press('-')
    await expect(page.getByRole('button', { name: 'Time range' })).toContainText('Last 5 min')
    await page.keyboard.press('End')
    await expect(page.getByText(/^paused at/)).toBeHidden()
    await page.mouse.move(box.x + 100, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + 200, box.y + 20, { steps: 4 })
    await page.mouse.up()
    await expect(page.getByText(/^paused at/)).toBeVisible()
    await page.getByRole('button', { name: 'Resume' }).click()
    await expect(page.getByText(/^paused at/)).toBeHidden()
    await end()
  })
})

test('what happened before the page was open is drawn and counted as if it had been watched', async ({ app }) => {
  const end = await play(app.page)
  const page = await app.restart()
  await page.getByLabel('Passphrase', { exact: true }).fill('correct horse battery staple')
  await page.keyboard.press('Enter')
  await goTo(page, 'Dashboard')
  await page.getByRole('button', { name: 'Time range' }).click()
  await page.getByRole('menuitem', { name: 'Last 15 min' }).click()
  const attempts = page.getByRole('table', { name: 'The last attempts, youngest first' }).getByRole('row')
  await expect(attempts).toHaveCount(7)
  const saved = page.getByRole('term').filter({ hasText: 'Saved by rotation' })
  await expect(saved.locator('xpath=following-sibling::dd[1]')).toContainText(/^2/)
  await end()
})

test.describe('a page at 200 %', () => {
  test.use({ size: { width: 640, height: 400 } })

  test('never scrolls sideways, and scrolls nothing but its views', async ({ page }) => {
    const end = await play(page)
    for (const view of ['Dashboard', 'Activity', 'Models & keys', 'Playground', 'Settings']) {
      await goTo(page, view)
      const widths = await page.evaluate<number[]>(
        "[document.documentElement, document.querySelector('main')].map((one) => one.scrollWidth - one.clientWidth)",
      )
      expect(widths, view).toEqual([0, 0])
      const belowPx = await page.evaluate<number>(
        'document.documentElement.scrollHeight - document.documentElement.clientHeight',
      )
      expect(belowPx, view).toBe(0)
    }
    await end()
  })
})
