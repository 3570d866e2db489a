import { createServer, request as sendRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LLMock } from '@copilotkit/aimock'
import { onTestFinished } from 'vitest'

/**
 * A provider written by others, behind a door that knows its keys: a dead one is refused as providers refuse it, every
 * other request passes. `seen` are the paths that were let in, `refused` counts the rest.
 */
export async function anotherUpstream(isAlive: (key: string) => boolean) {
  const mock = new LLMock({ port: 0 })
  await mock.start()
  const { port: behind } = new URL(mock.url)
  const seen: { path: string; headers: IncomingMessage['headers'] }[] = []
  const counts = { refused: 0 }

  const door = createServer((request, response) => {
    const { method = 'GET', url: path = '/', headers } = request
    if (!isAlive(keyOf(headers))) {
      counts.refused += 1
      request.resume()
      response.writeHead(401, { 'content-type': 'application/json' }).end(refusal)
      return
    }
    seen.push({ path, headers })
    const through = sendRequest({ host: '127.0.0.1', port: behind, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    through.on('error', () => response.destroy())
    request.pipe(through)
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    door.closeAllConnections()
    door.close()
    await mock.stop()
  })
  return { mock, seen, counts, url: `http://127.0.0.1:${(door.address() as AddressInfo).port}/v1` }
}

const refusal = JSON.stringify({
  error: { message: 'Incorrect API key provided', type: 'invalid_request_error', code: 'invalid_api_key' },
})

const keyOf = ({ authorization = '', 'x-api-key': apiKey }: IncomingMessage['headers']) =>
  String(apiKey ?? authorization.replace(/^Bearer /i, ''))
