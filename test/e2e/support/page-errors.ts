import type { Page } from '@playwright/test'

/** Everything that a page must never do: log an error (as each violation of its policies does), throw, crash. */
export function collectPageErrors(page: Page): readonly string[] {
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.message}`))
  page.on('crash', () => errors.push('the page crashed'))
  return errors
}
