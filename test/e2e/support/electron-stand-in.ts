import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { startStandIn } from '../../support/electron-stand-in/start.ts'
import { complaintsIn, type HostStart, type RunningHost } from './running-host.ts'

/** The desktop host's built bundles in the stand-in, and the window that they open. */
export async function startElectronStandIn(start: HostStart): Promise<RunningHost> {
  const standIn = startStandIn(start.root, start.env)
  const browser = await chromium.connectOverCDP(await standIn.address())
  const page = await windowOf(browser.contexts()[0]!)
  await page.setViewportSize(start.size)
  await page.emulateMedia({ colorScheme: start.theme, reducedMotion: 'reduce' })

  const pageErrors = () => standIn.reports.flatMap((line) => (line.event === 'page-error' ? [line.text] : []))
  return {
    page,
    desktop: standIn,
    complaints: () => [...pageErrors(), ...complaintsIn(standIn.complaints())],
    async quit() {
      await standIn.quit()
      await browser.close()
    },
    async kill() {
      await standIn.kill()
      await browser.close()
    },
  }
}

async function windowOf(context: BrowserContext): Promise<Page> {
  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  await page.waitForURL(/^https:\/\/bundle\.app\./)
  return page
}
