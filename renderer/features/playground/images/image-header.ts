/** What an image says of itself in its first bytes; nothing is decoded, so that a small file cannot become a huge picture. */
export interface ImageHeader {
  type: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif'
  width: number
  height: number
}

/** Null for every other kind, and for a file that breaks off before it says its size. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const found = png(bytes, view) ?? gif(bytes, view) ?? webp(bytes, view) ?? jpeg(view)
    return found && found.width > 0 && found.height > 0 ? found : null
  } catch {
    // Read past its end.
    return null
  }
}

const text = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCodePoint(...bytes.subarray(from, from + length))

function png(bytes: Uint8Array, view: DataView): ImageHeader | null {
  if (text(bytes, 0, 8) !== '\u0089PNG\r\n\u001a\n' || text(bytes, 12, 4) !== 'IHDR') return null
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
}

function gif(bytes: Uint8Array, view: DataView): ImageHeader | null {
  if (!/^GIF8[79]a$/.test(text(bytes, 0, 6))) return null
  return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
}

function webp(bytes: Uint8Array, view: DataView): ImageHeader | null {
  if (text(bytes, 0, 4) !== 'RIFF' || text(bytes, 8, 4) !== 'WEBP') return null
  const size = webpSize(text(bytes, 12, 4), view)
  return size && { type: 'image/webp', ...size }
}

function webpSize(form: string, view: DataView): { width: number; height: number } | null {
  if (form === 'VP8X') return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) }
  if (form === 'VP8 ') return { width: view.getUint16(26, true) & 0x3f_ff, height: view.getUint16(28, true) & 0x3f_ff }
  if (form !== 'VP8L') return null
  const bits = view.getUint32(21, true)
  return { width: 1 + (bits & 0x3f_ff), height: 1 + ((bits >>> 14) & 0x3f_ff) }
}

const uint24 = (view: DataView, at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)

/** From segment to segment up to the frame, which has the size. */
function jpeg(view: DataView): ImageHeader | null {
  if (view.getUint16(0) !== 0xff_d8) return null
  for (let at = 2; ;) {
    const marker = view.getUint16(at)
    if (isFrame(marker)) return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    if (marker < 0xff_00) return null
    // Filling bytes stand alone.
    at += marker === 0xff_ff ? 1 : 2 + view.getUint16(at + 2)
  }
}

/** SOF0 to SOF15, without the tables among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xff_c0 && marker <= 0xff_cf && ![0xff_c4, 0xff_c8, 0xff_cc].includes(marker)
}
