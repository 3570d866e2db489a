import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test, type App } from './support/app.ts'
import { chooseTheme, goTo, startSimulator } from './support/keywheel.ts'

async function openRehearsal({ page }: App): Promise<Page> {
  await startSimulator(page)
  await goTo(page, 'Playground')
  await page.getByRole('tab', { name: 'Rehearsal' }).click()
  return page
}

/** How many steps each has: a wheel is drawn for each. */
const scenarios: [string, number][] = [
  ['One key dies', 2],
  ['A key rests', 3],
  ['Storm', 2],
  ['All exhausted', 3],
  ['Slow provider', 2],
  ['The stream fails', 2],
]

const wheels = (at: Page | Locator, words = 'The keys in the order of their turns.') =>
  at.getByRole('img', { name: new RegExp(`^${words}`) })

test.describe('a scenario ends as it is written:', () => {
  for (const [name, steps] of scenarios) {
    test(name, async ({ app }) => {
      test.setTimeout(60_000)
      const page = await openRehearsal(app)
      await page.getByRole('button', { name: `Play “${name}”` }).click()
      const result = page.getByRole('region', { name: `${name} · keywheel-simulator` })
      await expect(result.getByRole('status')).toHaveText('Everything as expected', { timeout: 45_000 })
      await expect(result.getByText('Not as expected:')).toHaveCount(0)
      await expect(result.getByRole('heading', { name: 'What happened' }).first()).toBeVisible()
      await expect(page.getByRole('complementary', { name: 'Rehearsal' })).toHaveCount(0)
      await expect(wheels(result)).toHaveCount(steps)
      for (const theme of ['dark', 'light'] as const) {
        await chooseTheme(page, theme)
        const faults = await new AxeBuilder({ page }).setLegacyMode().analyze()
        expect(faults.violations).toEqual([])
      }
    })
  }
})

test('the wheel of each step shows who was asked, what failed and who rests, as things stood then', async ({ app }) => {
  test.setTimeout(60_000)
  const page = await openRehearsal(app)
  await page.getByRole('button', { name: 'Play “A key rests”' }).click()
  const result = page.getByRole('region', { name: 'A key rests · keywheel-simulator' })
  // While it plays: the first step is over, and its key rests.
  await expect(wheels(result).first()).toHaveAccessibleName(
    /1\. limited: cooling, back in \d\ss, 429.*; 2\. fine: ready/,
  )
  await expect(result.getByRole('status')).toHaveText('Everything as expected', { timeout: 45_000 })
  const [first, rests, back] = [wheels(result).nth(0), wheels(result).nth(1), wheels(result).nth(2)]
  await expect(first).toHaveAccessibleName(/1\. limited: cooling, back in \d\ss, 429/)
  await expect(first).toContainText('429')
  await expect(rests).toHaveAccessibleName(/1\. limited: cooling, back in \d\ss; 2\. fine/)
  await expect(back).toHaveAccessibleName(/1\. limited: ready, answered; 2\. fine/)
  await expect(result.getByText('asked last: 1 · limited')).toHaveCount(1)
})

test('the pointer of the wheel turns at once for whoever asks for less motion', async ({ app }) => {
  const page = await openRehearsal(app)
  await page.getByRole('button', { name: 'Begin a rehearsal' }).click()
  await page.getByRole('button', { name: 'Send a request' }).click()
  await expect(page.getByText('asked last: 1 · limited')).toBeVisible()
  const pointer = wheels(page).locator('g[class*=pointer]')
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await expect(pointer).toHaveCSS('transition-duration', '0.12s')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect(pointer).toHaveCSS('transition-property', 'none')
})

test('a button that is busy shows it in its middle, without motion too', async ({ app }) => {
  const page = await openRehearsal(app)
  await page.getByRole('button', { name: 'Begin a rehearsal' }).click()
  await page.getByRole('button', { name: 'Send five' }).click()
  const busy = page.locator('button[data-loading]')
  const middleOf = async (part: Locator) => {
    const { x = 0, y = 0, width = 0, height = 0 } = (await part.boundingBox()) ?? {}
    return { x: x + width / 2, y: y + height / 2 }
  }
  const [loader, button] = await Promise.all([middleOf(busy.locator('.mantine-Loader-root')), middleOf(busy)])
  expect(Math.abs(loader.x - button.x)).toBeLessThan(2)
  expect(Math.abs(loader.y - button.y)).toBeLessThan(2)
})

test('failures chosen by hand meet the chat, are said on every view, and leave no key behind', async ({ app }) => {
  const page = await openRehearsal(app)
  await page.getByRole('checkbox', { name: 'Answer every other call here' }).check()
  await page.getByRole('button', { name: 'Begin a rehearsal' }).click()
  const form = page.getByRole('form', { name: 'A failure for a key' })
  await form.getByLabel('Key', { exact: true }).selectOption('limited')
  await form.getByLabel('Meets').selectOption('401 · key refused')
  await form.getByRole('button', { name: 'Inject' }).click()
  const keys = page.getByRole('region', { name: 'The keys in the rehearsal' })
  await expect(keys.getByRole('row', { name: /limited/ })).toContainText('1 more call')
  await page.getByRole('button', { name: 'Send five' }).click()
  await expect(keys.getByRole('row', { name: /^1 · limited/ })).toContainText('rejected')
  await expect(page.getByRole('region', { name: 'Requests of this rehearsal, the newest first' })).toContainText('401')

  const banner = page.getByRole('complementary', { name: 'Rehearsal' })
  for (const view of ['Dashboard', 'Models & keys', 'Activity']) {
    await goTo(page, view)
    await expect(banner).toContainText('A rehearsal is on for keywheel-simulator.')
  }
  await expect(page.getByRole('row').filter({ hasText: 'Rehearsal' }).first()).toBeVisible()
  await goTo(page, 'Models & keys')
  await page.getByText('keywheel-simulator').first().click()
  await expect(page.getByRole('row', { name: /limited/ })).not.toContainText('rejected')
  await banner.getByRole('button', { name: 'End rehearsal' }).click()
  await expect(banner).toHaveCount(0)
})

test('the palette plays a scenario and ends what is on', async ({ app }) => {
  const page = await openRehearsal(app)
  const choose = async (name: string) => {
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByPlaceholder('Go to a view, a model or an action…').fill(name)
    await page.keyboard.press('Enter')
  }
  await goTo(page, 'Dashboard')
  await choose('Rehearsal › Play “Slow provider” · keywheel-simulator')
  const banner = page.getByRole('complementary', { name: 'Rehearsal' })
  await expect(banner).toContainText('A scenario is playing on copies')
  await expect(page.getByRole('region', { name: 'Slow provider · keywheel-simulator' })).toBeVisible()
  await choose('Rehearsal › End rehearsal')
  await expect(banner).toHaveCount(0)
})

test('a rehearsal is over after a restart', async ({ app }) => {
  const page = await openRehearsal(app)
  await page.getByRole('button', { name: 'Begin a rehearsal' }).click()
  await expect(page.getByRole('complementary', { name: 'Rehearsal' })).toBeVisible()
  const again = await app.restart()
  await goTo(again, 'Playground')
  await expect(again.getByRole('complementary', { name: 'Rehearsal' })).toHaveCount(0)
})

test('what cannot be injected says why, and is not sent', async ({ app }) => {
  const page = await openRehearsal(app)
  await page.getByRole('button', { name: 'Begin a rehearsal' }).click()
  const form = page.getByRole('form', { name: 'A failure for a key' })
  for (const calls of ['0', '10000']) {
    await form.getByLabel(/^Calls, 1 to/).fill(calls)
    await expect(form.getByText('A whole number of calls from 1 to 1,000.')).toBeVisible()
    await expect(form.getByRole('button', { name: 'Inject' })).toBeDisabled()
  }
})

test.describe('in Chinese', () => {
  test.use({ language: 'zh-CN' })
  test('a scenario says in Chinese what to expect and what happened', async ({ app }) => {
    const { page } = app
    await page.getByRole('button', { name: '启动模拟器' }).click()
    await page.getByRole('link', { name: '试验场' }).click()
    await page.getByRole('tab', { name: '演练' }).click()
    await page.getByRole('button', { name: '演示“一个密钥失效”' }).click()
    const result = page.getByRole('region', { name: '一个密钥失效 · keywheel-simulator' })
    await expect(result.getByRole('status')).toHaveText('全部符合预期', { timeout: 30_000 })
    await expect(result).toContainText('被拒绝（401）')
    await expect(wheels(result, '按轮换顺序排列的密钥。')).toHaveCount(2)
    await expect(wheels(result, '按轮换顺序排列的密钥。').first()).toHaveAccessibleName(/1\. limited：被拒绝.*401/)
    await expect(result).toContainText('指针指向最后被调用的那个')
  })
})
