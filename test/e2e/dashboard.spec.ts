import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { expect, test } from './support/app.ts'
import { envFor, goTo, importOnFirstRun, send, startSimulator, takeImport } from './support/keywheel.ts'

test('the wheel, the lanes and the list say what happened, while it happens', async ({ page }) => {
  const secrets = ['sk-dashboard-of-account-0001', 'sk-dashboard-of-account-0002', 'sk-dashboard-of-account-0003']
  const provider = await startMockUpstream(['scripted'])
  provider.script(secrets[0]!, upstream.rateLimits(40))
  provider.script(secrets[1]!, upstream.rejectsKey())
  provider.script(secrets[2]!, upstream.says('ok'))
  await importOnFirstRun(page, envFor(provider.url, secrets))
  await takeImport(page)
  await goTo(page, 'Playground')
  await send(page, 'hello')
  await expect(page.getByRole('article')).toContainText('3 attempts')
  await goTo(page, 'Dashboard')

  const wheel = page.getByRole('list', { name: 'Keys in rotation order' })
  await expect(wheel.getByRole('listitem').nth(0)).toContainText(/acct-1: cooling/)
  await expect(wheel.getByRole('listitem').nth(1)).toContainText(/acct-2: rejected/)
  await expect(wheel.getByRole('listitem').nth(2)).toContainText(/acct-3: ready/)
  await expect(page.getByText(/1 of 3 keys ready/).first()).toBeVisible()

  const lanes = page.getByRole('table', { name: 'The last attempts, youngest first' })
  await expect(lanes.getByRole('row')).toHaveCount(4)
  await expect(lanes.getByRole('row').nth(1)).toContainText(/acct-3.*answered/s)
  await expect(lanes.getByRole('row').nth(2)).toContainText(/acct-2.*401/s)
  await expect(lanes.getByRole('row').nth(3)).toContainText(/acct-1.*429/s)

  await expect(page.getByText(/401 invalid_api_key/).first()).toBeVisible()
  await expect(page.getByText(/429 rate_limit_exceeded · retry-after 40\ss/).first()).toBeVisible()
  await provider.close()
})

test.describe('the picture in the README', () => {
  test.use({
    theme: 'dark',
    size: { width: 1280, height: 800 },
    environment: { KEYWHEEL_SIMULATOR_PACE: 'wordDelayMs=2,slowFirstByteMs=150' },
  })

  test('the simulator brings the dashboard alive in two clicks', async ({ app, page }) => {
    await startSimulator(page)
    await page.getByRole('button', { name: 'Send 20 test requests' }).click()
    const lanes = page.getByRole('table', { name: 'The last attempts, youngest first' })
    await expect(lanes.getByRole('row').filter({ hasText: 'answered' }).nth(11)).toBeAttached()
    await expect(page.getByRole('list', { name: 'Keys in rotation order' })).toContainText('rejected')
    await app.screenshot('dashboard')
  })
})
