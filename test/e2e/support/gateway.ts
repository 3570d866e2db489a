import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'

/** What stands on the buttons and fields of the gateway, by language. */
export const gatewayWords = {
  en: {
    view: 'Gateway',
    gateway: 'Gateway',
    simulator: 'Start the simulator',
    changePort: 'Change',
    port: 'Port',
    usePort: 'Use this port',
    on: 'on',
    off: 'off',
    newClient: 'New client',
    name: 'Name',
    create: 'Create client',
    tokenOf: 'The token of',
    kept: 'I have kept it',
    clients: 'Clients',
    moreFor: (name: string) => `More for ${name}`,
    revoke: 'Revoke…',
    revokeNow: 'Revoke',
    revoked: (name: string) => `${name} was revoked.`,
    portTaken: 'port taken',
    useOther: (port: number) => `Use port ${port}`,
    leaveOff: 'Leave it off',
    radioPassphrase: 'A passphrase',
    passphrase: 'Passphrase',
    passphraseAgain: 'The passphrase again',
    createVault: 'Create the vault',
  },
  'zh-CN': {
    view: '网关',
    gateway: '网关',
    simulator: '启动模拟器',
    changePort: '更改',
    port: '端口',
    usePort: '使用此端口',
    on: '已开启',
    off: '已关闭',
    newClient: '新建客户端',
    name: '名称',
    create: '创建客户端',
    tokenOf: '的令牌',
    kept: '我已妥善保存',
    clients: '客户端',
    moreFor: (name: string) => `${name} 的更多操作`,
    revoke: '吊销…',
    revokeNow: '吊销',
    revoked: (name: string) => `已吊销 ${name}。`,
    portTaken: '端口被占用',
    useOther: (port: number) => `使用端口 ${port}`,
    leaveOff: '保持关闭',
    radioPassphrase: '口令',
    passphrase: '口令',
    passphraseAgain: '再次输入口令',
    createVault: '创建保险库',
  },
} as const
export type GatewayWords = (typeof gatewayWords)[keyof typeof gatewayWords]

function listenAt(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

const portOf = (server: Server) => (server.address() as AddressInfo).port
const close = (server: Server) => new Promise((resolve) => server.close(resolve))

/** A port that nothing listens at, and the one after it neither. */
export async function freePort(): Promise<number> {
  for (;;) {
    const first = await listenAt(0)
    const port = portOf(first)
    const second = port < 65_535 ? await listenAt(port + 1).catch(() => null) : null
    await close(first)
    if (second === null) continue
    await close(second)
    return port
  }
}

/** Another program that got there first. */
export async function takePort(port: number): Promise<() => Promise<unknown>> {
  const server = await listenAt(port)
  return () => close(server)
}

export async function choosePort(page: Page, port: number, words: GatewayWords = gatewayWords.en): Promise<void> {
  await page.getByRole('button', { name: words.changePort, exact: true }).click()
  await page.getByRole('textbox', { name: words.port }).fill(String(port))
  await page.getByRole('button', { name: words.usePort }).click()
  await page.getByText(`http://127.0.0.1:${port}/v1`).first().waitFor()
}

export const gatewaySwitch = (page: Page, words: GatewayWords = gatewayWords.en) =>
  page.getByRole('switch', { name: words.gateway, exact: true })

/** Where a person clicks is the track, which lies over the switch itself. */
export const pressSwitch = (page: Page, words: GatewayWords = gatewayWords.en): Promise<void> =>
  gatewaySwitch(page, words).click({ force: true })

/** Opens the view and switches the gateway on, at a port of the test's own. */
export async function switchOn(page: Page, words: GatewayWords = gatewayWords.en): Promise<string> {
  const port = await freePort()
  await page.getByRole('link', { name: words.view, exact: true }).click()
  await choosePort(page, port, words)
  await pressSwitch(page, words)
  await page.getByRole('status').getByText(words.on, { exact: true }).waitFor()
  return `http://127.0.0.1:${port}/v1`
}

/** Fills in the open form for a new client, and reads the token that is shown this once. */
export async function mintClient(page: Page, name: string, words: GatewayWords = gatewayWords.en): Promise<string> {
  await page.getByRole('textbox', { name: words.name, exact: true }).fill(name)
  await page.getByRole('button', { name: words.create }).click()
  const token = await tokenDialog(page, words).locator('code').first().textContent()
  return token ?? ''
}

export const tokenDialog = (page: Page, words: GatewayWords = gatewayWords.en) =>
  page.getByRole('dialog').filter({ hasText: words.tokenOf })

export async function putTokenAway(page: Page, words: GatewayWords = gatewayWords.en): Promise<void> {
  await page.getByRole('button', { name: words.kept }).click()
  await tokenDialog(page, words).waitFor({ state: 'hidden' })
}

export async function revokeClient(page: Page, name: string, words: GatewayWords = gatewayWords.en): Promise<void> {
  await page.getByRole('button', { name: words.moreFor(name) }).click()
  await page.getByRole('menuitem', { name: words.revoke }).click()
  await page.getByRole('dialog').getByRole('button', { name: words.revokeNow, exact: true }).click()
  await page.getByText(words.revoked(name)).waitFor()
}

/** A program on this machine. */
export async function ask(baseUrl: string, token: string, model: string): Promise<{ status: number; body: string }> {
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] }),
  })
  return { status: response.status, body: await response.text() }
}
