import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** What a proxy does with whoever asks for a tunnel. */
export type ProxyBehaviour =
  | 'tunnels'
  /** Answers 407 unless user and password are these: `person` and `the password`. */
  | 'asks'
  | 'forbids'
  /** 502: it could not reach the host itself. */
  | 'cannot'
  | 'hangs'
  | 'closes'
  /** Begins an answer and ends the connection. */
  | 'cuts'
  | 'answers HTML'
  | 'endless'
  /** The tunnel is there, and is cut with the first bytes from the host. */
  | 'cuts the tunnel'

export interface TestProxy {
  readonly port: number
  readonly url: string
  behaves(behaviour: ProxyBehaviour): void
  /** The first lines of what it was asked for, without what stands in its tunnels. */
  readonly asked: string[]
  /** Everything that anybody sent it, tunnelled bytes too. */
  seen(): Buffer
  close(): Promise<void>
}

export const proxyUser = 'person'

/** A small CONNECT proxy. Every host is this machine to it, so that any name can stand for a provider. */
export async function startTestProxy(password = 'the password'): Promise<TestProxy> {
  let behaviour: ProxyBehaviour = 'tunnels'
  const asked: string[] = []
  const received: Buffer[] = []
  const sockets = new Set<Socket>()
  const good = `Basic ${Buffer.from(`${proxyUser}:${password}`).toString('base64')}`

  function serve(socket: Socket) {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    let head = Buffer.alloc(0)
    const read = (chunk: Buffer) => {
      received.push(chunk)
      head = Buffer.concat([head, chunk])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      socket.off('data', read)
      answer(socket, head.toString('latin1', 0, end))
    }
    socket.on('data', read)
  }

  function answer(socket: Socket, text: string) {
    const [line = ''] = text.split('\r\n')
    asked.push(line)
    const isGood = text.toLowerCase().includes(`proxy-authorization: ${good}`.toLowerCase())
    switch (behaviour) {
      case 'hangs':
        return undefined
      case 'closes':
        return socket.destroy()
      case 'cuts':
        return socket.end('HTTP/1.1 200 Conn')
      case 'answers HTML':
        return socket.write('<!doctype html><title>Sign in to the network</title>')
      case 'endless':
        return socket.write(`HTTP/1.1 200 ok\r\nx-long: ${'x'.repeat(100_000)}`)
      case 'forbids':
        return socket.end('HTTP/1.1 403 Forbidden\r\ncontent-type: text/html\r\n\r\n<p>Not allowed')
      case 'cannot':
        return socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
      case 'asks':
        if (!isGood)
          return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n')
        return tunnel(socket, line, false)
      case 'cuts the tunnel':
        return tunnel(socket, line, true)
      case 'tunnels':
      default:
        return tunnel(socket, line, false)
    }
  }

  function tunnel(socket: Socket, line: string, isCut: boolean) {
    const port = Number(/:(\d+) HTTP/.exec(line)?.[1])
    const host = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.on('data', (chunk: Buffer) => received.push(chunk))
      socket.pipe(host)
      if (isCut) host.once('data', () => socket.destroy())
      else host.pipe(socket)
    })
    host.on('error', () => socket.destroy()).on('close', () => socket.destroy())
    socket.on('close', () => host.destroy())
  }

  const server = createServer(serve)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    behaves: (next) => (behaviour = next),
    asked,
    seen: () => Buffer.concat(received),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
