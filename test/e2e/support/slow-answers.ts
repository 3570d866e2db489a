import type { Page } from '@playwright/test'

const calls = (message: string, path: string) => message.includes(`/${path}"`)
const idOf = (message: string): unknown => (JSON.parse(message) as { i?: unknown }).i

/** From the next load of the page on, main's answers to one procedure (`settings/get`) wait as long as they are held. */
export async function slowAnswers(page: Page, path: string) {
  const asked = new Set<unknown>()
  let holding = false
  let held: (() => void)[] = []
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    const host = socket.connectToServer()
    socket.onMessage((message) => {
      if (calls(String(message), path)) asked.add(idOf(String(message)))
      host.send(message)
    })
    host.onMessage((message) => {
      const pass = () => socket.send(message)
      if (holding && asked.has(idOf(String(message)))) held.push(pass)
      else pass()
    })
  })
  return {
    hold: () => {
      holding = true
    },
    held: () => held.length,
    release: () => {
      holding = false
      for (const pass of held) pass()
      held = []
    },
  }
}
