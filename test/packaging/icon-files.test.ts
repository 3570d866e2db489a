import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { icnsFile, icoFile } from '../../electron/packaging/icon-files.ts'

const folder = join(import.meta.dirname, '..', '..', 'electron', 'packaging')
const picture = (size: number) => ({ size, png: Buffer.alloc(size, size % 251) })

/** Width and height as a PNG says them in its first chunk. */
const pngSize = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)]

describe('An ICO file', () => {
  it('says of each picture how large it is and where it lies', () => {
    const pictures = [picture(16), picture(256)]
    const ico = icoFile(pictures)
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([0, 1, 2])
    for (const [index, { size, png }] of pictures.entries()) {
      const entry = 6 + index * 16
      expect(ico.readUInt8(entry)).toBe(size === 256 ? 0 : size)
      const [length, offset] = [ico.readUInt32LE(entry + 8), ico.readUInt32LE(entry + 12)]
      expect(ico.subarray(offset, offset + length)).toEqual(png)
    }
  })
})

describe('An ICNS file', () => {
  it('is pieces whose lengths add up to its own', () => {
    const icns = icnsFile([picture(16), picture(32), picture(1024)])
    expect(icns.toString('ascii', 0, 4)).toBe('icns')
    expect(icns.readUInt32BE(4)).toBe(icns.length)
    const types: string[] = []
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) types.push(icns.toString('ascii', at, at + 4))
    expect(types).toEqual(['icp4', 'icp5', 'ic11', 'ic10'])
  })
})

describe('The icons in the repository', () => {
  const names = readdirSync(join(folder, 'icons'))
  const pictures = names.map((name) => ({
    size: Number.parseInt(name, 10),
    png: readFileSync(join(folder, 'icons', name)),
  }))

  it('are as large as their names say, up to the 1024 pixels that every system is content with', () => {
    expect(Math.max(...pictures.map(({ size }) => size))).toBe(1024)
    for (const { size, png } of pictures) expect(pngSize(png)).toEqual([size, size])
  })

  it('are the ones that the files for Windows and macOS hold', () => {
    const inOrder = pictures.toSorted((one, other) => one.size - other.size)
    expect(readFileSync(join(folder, 'icon.ico'))).toEqual(icoFile(inOrder.filter(({ size }) => size <= 256)))
    expect(readFileSync(join(folder, 'icon.icns'))).toEqual(icnsFile(inOrder))
  })
})
