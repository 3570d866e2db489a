import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** By rule and place, so that a failure says where to look. */
export async function faultsOf(page: Page, impacts?: readonly string[]): Promise<string[]> {
  // Legacy mode stays in this one page, which has no frames; the other opens a second one.
  const { passes, violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(passes.length).toBeGreaterThan(10)
  const counted = violations.filter(({ impact }) => !impacts || impacts.includes(impact ?? ''))
  return counted.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

/** A dialogue has a header of its own, which axe takes for a second banner of the page. */
export const graveFaultsOf = (page: Page): Promise<string[]> => faultsOf(page, ['serious', 'critical'])
