import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findPortHolder } from '../../electron/loopback/port-holder.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const heading = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
const row = (port: number, state: string, inode: number) =>
  `   0: 0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0\n`

/** A machine of which we see only this in /proc. */
function aProcFolder(table: string, processes: Record<number, { name: string; inode: number }>) {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'net'))
  writeFileSync(join(folder, 'net', 'tcp'), heading + table)
  for (const [pid, { name, inode }] of Object.entries(processes)) {
    mkdirSync(join(folder, pid, 'fd'), { recursive: true })
    writeFileSync(join(folder, pid, 'comm'), `${name}\n`)
    symlinkSync(`socket:[${inode}]`, join(folder, pid, 'fd', '3'))
  }
  return folder
}

describe('The program that holds a port', () => {
  it.runIf(process.platform === 'linux')('is found on this machine', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    expect(await findPortHolder(port)).toMatchObject({ pid: process.pid })
  })

  it('is the one that listens, not one that is connected', async () => {
    const table = row(8786, '01', 11) + row(8786, '0A', 12) + row(8787, '0A', 13)
    const folder = aProcFolder(table, {
      1: { name: 'client', inode: 11 },
      2: { name: 'server', inode: 12 },
      3: { name: 'other', inode: 13 },
    })
    expect(await findPortHolder(8786, folder)).toEqual({ pid: 2, program: 'server' })
  })

  it.each([
    ['nobody listens', row(8786, '01', 12)],
    ['its owner may not be seen', row(8786, '0A', 99)],
    ['the table is empty', ''],
    ['the table is nonsense', 'x y z\n\n0A\n'],
  ])('is nobody when %s', async (_, table) => {
    expect(await findPortHolder(8786, aProcFolder(table, { 2: { name: 'server', inode: 12 } }))).toBeNull()
  })

  it('is nobody on a system without /proc', async () => {
    expect(await findPortHolder(8786, join(temporaryFolder(), 'none'))).toBeNull()
  })
})
