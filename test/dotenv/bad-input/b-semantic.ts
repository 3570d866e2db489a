import { canary, usable, type BadInput } from './row.ts'

export const semantic: BadInput[] = [
  {
    title: 'a name with two values',
    source: `${usable}A=1\nA=2`,
    noticed: { code: 'duplicate-variable', line: 3, name: 'A' },
  },
  { title: 'a reference to itself', source: `${usable}A=\${A}`, kept: ['A', '${A}'] },
  {
    title: 'a reference with a default',
    source: `${usable}A=\${B:-x}`,
    noticed: { code: 'expansion-not-done', line: 2, name: 'A' },
  },
  { title: '__proto__', source: `${usable}__proto__=x`, kept: ['__proto__', 'x'] },
  { title: 'constructor', source: `${usable}constructor=x`, kept: ['constructor', 'x'] },
  {
    title: 'a variable that changes programs',
    source: `${usable}NODE_OPTIONS=--x`,
    noticed: { code: 'variable-dangerous', line: 2, name: 'NODE_OPTIONS' },
  },
  {
    title: 'a list with commas',
    source: `API_KEY=${canary},sk-other-00000001`,
    noticed: { code: 'key-list-split', line: 1, name: 'API_KEY' },
  },
  {
    title: 'a list with all separators, blanks and a double',
    source: `API_KEY="${canary}; ,${canary}\n"`,
    noticed: { code: 'key-duplicate', line: 1 },
  },
  {
    title: 'a value that dotenvx encrypted',
    source: `${usable}A=encrypted:x`,
    noticed: { code: 'value-encrypted', line: 2, name: 'A' },
  },
]
