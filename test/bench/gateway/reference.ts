import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent } from 'undici'
import { answerParent } from './child.ts'

/** The least that a gateway on this runtime can do: swap the key, pass bytes. What Keywheel is measured against. */
const [, , providerPort = '0', key = 'sk-bench-1'] = process.argv
const origin = `http://127.0.0.1:${providerPort}`
const agent = new Agent()

const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
    const options = { origin, path: request.url ?? '/', method: 'POST', headers, body: Buffer.concat(parts) } as const
    agent.dispatch(options, {
      onRequestStart(controller) {
        response.once('close', () => {
          if (!response.writableFinished) controller.abort(new Error('the client left'))
        })
      },
      onResponseStart(_controller, status, head) {
        const { 'content-type': type = '', 'content-length': length } = head
        response.writeHead(status, {
          'content-type': String(type),
          ...(length ? { 'content-length': String(length) } : {}),
        })
      },
      onResponseData(controller, chunk) {
        if (response.write(chunk)) return
        controller.pause()
        response.once('drain', () => controller.resume())
      },
      onResponseEnd: () => void response.end(),
      onResponseError: () => void response.destroy(),
    })
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1')

answerParent({ port: () => (server.address() as AddressInfo).port })
