import { gzipSync } from 'node:zlib'
import { bytes, canary, usable, type BadInput } from './row.ts'

export const binary: BadInput[] = [
  {
    title: 'a byte order mark',
    source: bytes([0xef, 0xbb, 0xbf], usable),
    noticed: { code: 'byte-order-mark', line: 1, column: 1 },
  },
  {
    title: 'UTF-16 LE with a mark',
    source: bytes([0xff, 0xfe], [...Buffer.from(usable, 'utf16le')]),
    refused: { code: 'utf16' },
  },
  { title: 'UTF-16 LE without a mark', source: Buffer.from(usable, 'utf16le'), refused: { code: 'utf16' } },
  {
    title: 'UTF-16 BE without a mark',
    source: Buffer.from(usable, 'utf16le').swap16(),
    refused: { code: 'utf16' },
  },
  {
    title: 'Latin-1',
    source: bytes(`${usable}# caf`, [0xe9], '\n'),
    refused: { code: 'not-utf8', line: 2, column: 6 },
  },
  {
    title: 'a lone surrogate',
    source: bytes(usable, [0xed, 0xa0, 0x80]),
    refused: { code: 'not-utf8', line: 2, column: 1 },
  },
  {
    title: 'an overlong form',
    source: bytes('A=é', [0xc0, 0xaf]),
    refused: { code: 'not-utf8', line: 1, column: 4 },
  },
  {
    title: 'a sequence cut short',
    source: bytes(usable, 'A=', [0xe4, 0xb8]),
    refused: { code: 'not-utf8', line: 2, column: 3 },
  },
  {
    title: 'a NUL',
    source: bytes(`${usable}A=x`, [0], 'y'),
    refused: { code: 'binary', line: 2, column: 4 },
  },
  { title: 'mixed line ends', source: `${usable}A=1\rB=2\r\nC=3`, kept: ['B', '2'] },
  {
    title: 'a fault after mixed line ends',
    source: `${usable}A=1\rB=2\r\n1C=3`,
    noticed: { code: 'variable-name-not-portable', line: 4, column: 1 },
  },
  { title: 'a CR alone ends a comment', source: `${usable}# c\rA=1`, kept: ['A', '1'] },
  {
    title: 'a CR alone in a quoted value, which python-dotenv reads as a line feed',
    source: `${usable}A="1\r2"`,
    kept: ['A', '1\n2'],
  },
  {
    title: 'an open quote over mixed line ends',
    source: `${usable}A=1\rB="${canary}\r\nC=3`,
    noticed: { code: 'statement-unterminated-quote', line: 3, column: 3 },
  },
  { title: 'no end to the last line', source: `${usable}A=1`, kept: ['A', '1'] },
  {
    title: 'a hundred thousand blank lines',
    source: `${'\n'.repeat(100_000)}${usable}`,
    kept: ['API_KEY', canary],
  },
  {
    title: 'a line of a megabyte, the longest that is read',
    source: `${usable}A=${'x'.repeat((1 << 20) - 2)}`,
    kept: ['A', 'x'.repeat((1 << 20) - 2)],
  },
  {
    title: 'a line of one character more',
    source: `${usable}A=${canary}${'x'.repeat(1 << 20)}\nB=1`,
    refused: { code: 'line-too-long', line: 2, column: (1 << 20) + 1 },
  },
  {
    title: 'a long line after a lone CR and a CR LF',
    source: `A=1\rB=2\r\n${'x'.repeat((1 << 20) + 1)}\r\nC=3`,
    refused: { code: 'line-too-long', line: 3 },
  },
  {
    title: 'two lines that are long only together',
    source: `${usable}A=${'x'.repeat(700_000)}\rB=${'y'.repeat(700_000)}`,
    kept: ['B', 'y'.repeat(700_000)],
  },
  { title: 'nine megabytes', source: Buffer.alloc(9 << 20, usable), refused: { code: 'too-large' } },
  { title: 'no bytes', source: new Uint8Array(), refused: { code: 'empty' } },
  { title: 'white space only', source: ' \n\t\n', refused: { code: 'empty' } },
  { title: 'comments only', source: '# c\n', refused: { code: 'no-model-configs' } },
  {
    title: 'an invisible character in a name',
    source: `${usable}A\u202EB=x`,
    noticed: { code: 'variable-name-not-portable', line: 2, name: null },
  },
  { title: 'gzip', source: gzipSync(usable), refused: { code: 'binary' } },
  { title: 'zip', source: bytes('PK', [3, 4], usable), refused: { code: 'binary' } },
  { title: 'PNG', source: bytes([0x89], 'PNG\r\n', [0x1a, 0x0a]), refused: { code: 'binary' } },
  { title: 'SQLite', source: bytes('SQLite format 3', [0]), refused: { code: 'binary' } },
  { title: 'an empty zip', source: bytes('PK', [5, 6], [0, 0, 0, 0]), refused: { code: 'binary' } },
  { title: 'PDF', source: bytes('%PDF-1.7\n', usable), refused: { code: 'binary' } },
  { title: 'a program', source: bytes([0x7f], 'ELF', [2, 1, 1]), refused: { code: 'binary' } },
  { title: 'UTF-16 BE with a mark', source: bytes([0xfe, 0xff], [0, 0x41]), refused: { code: 'utf16' } },
]
