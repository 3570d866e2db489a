/** The first bytes of images, of any size that is wanted. */
const bytes = (...parts: (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (sign) => sign.codePointAt(0) ?? 0) : part)),
  )

const big = (value: number, size: number) =>
  Array.from({ length: size }, (_, at) => (value >>> (8 * (size - 1 - at))) & 255)
const little = (value: number, size: number) => big(value, size).toReversed()

export const images: Readonly<Record<string, (width: number, height: number) => Uint8Array>> = {
  png: (width, height) =>
    bytes('\u0089PNG\r\n\u001a\n', big(13, 4), 'IHDR', big(width, 4), big(height, 4), [8, 6, 0, 0, 0]),
  gif: (width, height) => bytes('GIF89a', little(width, 2), little(height, 2), [0, 0, 0]),
  jpeg: (width, height) =>
    bytes(
      [0xff, 0xd8, 0xff, 0xe0],
      big(16, 2),
      'JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0',
      [0xff, 0xff, 0xc2],
      big(11, 2),
      [8],
      big(height, 2),
      big(width, 2),
      [3],
    ),
  'webp, extended': (width, height) =>
    bytes('RIFF', little(100, 4), 'WEBPVP8X', little(10, 4), [0, 0, 0, 0], little(width - 1, 3), little(height - 1, 3)),
  'webp, lossy': (width, height) =>
    bytes(
      'RIFF',
      little(100, 4),
      'WEBPVP8 ',
      little(50, 4),
      [0, 0, 0, 0x9d, 1, 0x2a],
      little(width, 2),
      little(height, 2),
    ),
  'webp, lossless': (width, height) =>
    bytes('RIFF', little(100, 4), 'WEBPVP8L', little(50, 4), [0x2f], little((width - 1) | ((height - 1) << 14), 4)),
}
