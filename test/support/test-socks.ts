import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface SocksOptions {
  /** Wants these; none where it is left out. */
  credentials?: { user: string; password: string }
  /** RFC 1928 §6: 5 is "connection refused". */
  reply?: number
}

/** A small SOCKS 5 proxy to which every name is this machine; `asked` are the names as it was given them. */
export async function startTestSocks({ credentials, reply = 0 }: SocksOptions = {}) {
  const asked: string[] = []
  const sockets = new Set<Socket>()

  async function serve(socket: Socket) {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    const read = reader(socket)
    const [, count = 0] = await read(2)
    const methods = await read(count)
    const method = credentials ? 2 : 0
    if (!methods.includes(method)) return socket.end(Buffer.from([5, 0xff]))
    socket.write(Buffer.from([5, method]))
    if (credentials) {
      const [, userLength = 0] = await read(2)
      const user = (await read(userLength)).toString()
      const [passwordLength = 0] = await read(1)
      const password = (await read(passwordLength)).toString()
      const isGood = user === credentials.user && password === credentials.password
      socket.write(Buffer.from([1, isGood ? 0 : 1]))
      if (!isGood) return socket.end()
    }
    const [, , , kind] = await read(4)
    const name = kind === 3 ? (await read((await read(1))[0] ?? 0)).toString() : [...(await read(4))].join('.')
    const port = (await read(2)).readUInt16BE()
    asked.push(`${name}:${port}`)
    if (reply !== 0) return socket.end(Buffer.from([5, reply, 0, 1, 0, 0, 0, 0, 0, 0]))
    const host = connect(port, '127.0.0.1', () => {
      socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]))
      read.pipeTo(host)
      host.pipe(socket)
    })
    host.on('error', () => socket.destroy())
    return socket.on('close', () => host.destroy())
  }

  const server = createServer((socket) => void serve(socket).catch(() => socket.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { port: (server.address() as AddressInfo).port, asked, close }
}

/** So many bytes at a time, as they come. */
function reader(socket: Socket) {
  let held = Buffer.alloc(0)
  let wake: () => void = () => {}
  const take = (chunk: Buffer) => {
    held = Buffer.concat([held, chunk])
    wake()
  }
  socket.on('data', take)
  const read = async (length: number): Promise<Buffer> => {
    while (held.length < length) await new Promise<void>((resolve) => (wake = resolve))
    const bytes = held.subarray(0, length)
    held = held.subarray(length)
    return bytes
  }
  return Object.assign(read, {
    pipeTo(target: Socket) {
      socket.off('data', take)
      target.write(held)
      socket.pipe(target)
    },
  })
}
