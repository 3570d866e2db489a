/** Containers around PNG images; both formats take PNG as it is, so nothing is drawn here. */

export interface Picture {
  /** Width and height in pixels. */
  size: number
  png: Buffer
}

/** Windows' ICO: a directory of at most 256 × 256 pictures (Microsoft, "The format of icon resources"). */
export function icoFile(pictures: readonly Picture[]): Buffer {
  const header = Buffer.alloc(6)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = header.length + pictures.length * 16
  const entries = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(16)
    // 0 stands for 256, which does not fit into a byte.
    entry.writeUInt8(size % 256, 0)
    entry.writeUInt8(size % 256, 1)
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([header, ...entries, ...pictures.map(({ png }) => png)])
}

/** The types of Apple's ICNS that hold a PNG, by size; sizes that are also another's double are named once more. */
const icnsTypes: readonly (readonly [type: string, size: number])[] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]

/** macOS' ICNS: pieces of a type, a length that counts itself, and a picture. */
export function icnsFile(pictures: readonly Picture[]): Buffer {
  const pieces = icnsTypes.flatMap(([type, size]) => {
    const picture = pictures.find((one) => one.size === size)
    return picture ? [piece(type, picture.png)] : []
  })
  return piece('icns', Buffer.concat(pieces))
}

function piece(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'ascii')
  head.writeUInt32BE(head.length + content.length, 4)
  return Buffer.concat([head, content])
}
