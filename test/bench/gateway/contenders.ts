import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startChild, type Child } from './child.ts'
import { freePort } from './free-port.ts'
import type { Aim } from './load.ts'
import { startNginx } from './nginx.ts'

/** Somebody who is measured: where to reach it, and the process whose cost counts. */
export interface Contender extends Aim {
  pid: number
}

export interface Contenders {
  provider: Child
  load: Child
  keywheel: Child
  direct: Contender
  reference: Contender
  ours: Contender
  /** Undefined where it does not start. */
  portkey: Contender | undefined
  /** Undefined where it is not installed. */
  nginx: Contender | undefined
  stop(): Promise<void>
}

export const clients = 4

export async function startContenders(): Promise<Contenders> {
  const provider = startChild('provider.ts')
  const providerPort = await provider.ask<number>('port')
  const reference = startChild('reference.ts', [String(providerPort), 'sk-bench-1'])
  const referencePort = await reference.ask<number>('port')
  const { keywheel, ours } = await startKeywheel(providerPort)
  const load = startChild('load.ts')
  const portkey = await startPortkey(providerPort)
  const nginx = await startNginx(providerPort)
  return {
    provider,
    load,
    keywheel,
    ours,
    direct: { port: providerPort, tokens: ['sk-bench-1'], pid: provider.pid },
    reference: { port: referencePort, tokens: ['any'], pid: reference.pid },
    portkey: portkey?.contender,
    nginx: nginx && { port: nginx.port, tokens: ['any'], pid: nginx.pid },
    async stop() {
      portkey?.stop()
      nginx?.stop()
      await Promise.all([load, keywheel, reference, provider].map((child) => child.stop()))
    },
  }
}

/** With `canBeSilent` it can be asked to leave out what is told of requests, and with it everything that listens. */
export async function startKeywheel(providerPort: number, canBeSilent = false) {
  const hook = join(import.meta.dirname, 'silent-bus.ts')
  const keywheel = startChild('keywheel.ts', [], canBeSilent ? ['--import', hook] : [])
  const { port, tokens } = await keywheel.ask<{ port: number; tokens: string[] }>('open', { providerPort, clients })
  return { keywheel, ours: { port, tokens, pid: keywheel.pid } satisfies Contender }
}

async function startPortkey(providerPort: number) {
  const port = await freePort()
  const program = join(import.meta.dirname, '../../../node_modules/@portkey-ai/gateway/build/start-server.js')
  const child = spawn(process.execPath, [program, '--headless', `--port=${port}`], { stdio: 'ignore' })
  const stop = () => child.kill()
  for (let tries = 0; tries < 50; tries += 1) {
    await delay(200)
    const isThere = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
    if (!isThere) continue
    const headers = ['x-portkey-provider: openai', `x-portkey-custom-host: http://127.0.0.1:${providerPort}/v1`]
    return { contender: { port, tokens: ['sk-bench-1'], headers, pid: child.pid ?? 0 } satisfies Contender, stop }
  }
  stop()
  return undefined
}
