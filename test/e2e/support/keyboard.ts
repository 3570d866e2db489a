import { expect, type Locator, type Page } from '@playwright/test'

/** More stops than any page here has. */
const mostStops = 200

/** Where the focus is now: what it is called, and whether a person would see that it is there. */
interface Stop {
  name: string
  isSeen: boolean
  isInView: boolean
}

const isFocused = async (target: Locator) => (await target.and(target.page().locator(':focus')).count()) > 0

/** Goes there with Tab alone, as far as it takes. */
export async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeAttached()
  for (let stops = 0; stops < mostStops; stops++) {
    if (await isFocused(target)) return
    await target.page().keyboard.press(key)
  }
  throw new Error(`${String(target)} was not reached by ${key}`)
}

/** Goes there and presses it. */
export async function press(target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(target)
  await target.page().keyboard.press(key)
}

const stopNow = `(() => {
  const element = document.activeElement
  if (element === null || element === document.body) return null
  const isOutlined = (one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one)
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  }
  // A switch or a choice hides its own box and marks what stands for it; a field may be a part of what is marked.
  const marked = [element, element.nextElementSibling, element.closest('.mantine-Input-input')]
  const { top, bottom, left, right } = element.getBoundingClientRect()
  const label = element.labels?.[0]?.textContent ?? element.textContent
  return {
    name: element.tagName + ' ' + (element.getAttribute('aria-label') ?? label),
    isSeen: marked.some((one) => one !== null && isOutlined(one)),
    isInView: top < innerHeight && bottom > 0 && left < innerWidth && right > 0,
  }
})()`

/** What has the focus, or null where nothing has it. */
export const focusedStop = (page: Page): Promise<Stop | null> => page.evaluate<Stop | null>(stopNow)

/** Every stop of the page by Tab, from the first one until the focus leaves the page or has come round. */
export async function walk(page: Page): Promise<Stop[]> {
  await page.locator('a[href], button').first().focus()
  const stops: Stop[] = []
  while (stops.length < mostStops) {
    const stop = await focusedStop(page)
    // A window that has nothing else to give the focus to begins again.
    if (stop === null || (stops.length > 0 && stop.name === stops[0]?.name)) return stops
    stops.push(stop)
    await page.keyboard.press('Tab')
  }
  throw new Error(
    `The focus never leaves: ${stops
      .slice(-6)
      .map(({ name }) => name)
      .join(' | ')}`,
  )
}

/** Whether the focus is in a dialogue. */
export const isInDialog = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>(`document.activeElement.closest('[role="dialog"]') !== null`)

/** Tab goes round within a dialogue and never behind it. */
export async function expectTrapped(page: Page, stops: number): Promise<void> {
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press('Tab')
    expect(await isInDialog(page)).toBe(true)
  }
}

/** Opens the menu of the button that has the focus, and chooses from it with the arrows. */
export async function chooseFromMenu(
  page: Page,
  entry: string,
  key: 'ArrowDown' | 'ArrowUp' = 'ArrowDown',
): Promise<void> {
  await page.keyboard.press('Enter')
  const entries = page.getByRole('menuitem')
  await expect(entries.first()).toBeFocused()
  const wanted = page.getByRole('menuitem', { name: entry, exact: true })
  for (let steps = await entries.count(); steps > 0 && !(await isFocused(wanted)); steps--)
    await page.keyboard.press(key)
  await expect(wanted).toBeFocused()
  await page.keyboard.press('Enter')
}
