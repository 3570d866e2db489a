import { canary, usable, type BadInput } from './row.ts'

export const lexical: BadInput[] = [
  {
    title: 'no sign',
    source: `${usable}${canary}\n`,
    noticed: { code: 'statement-bare-name', line: 2, column: 1, name: null },
  },
  {
    title: 'a bare word that could be a secret',
    source: `${usable}swordfish`,
    noticed: { code: 'statement-bare-name', line: 2, name: null },
  },
  {
    title: 'no name',
    source: `${usable}=${canary}`,
    noticed: { code: 'statement-no-name', line: 2, column: 1 },
  },
  {
    title: 'two words before the sign',
    source: `${usable}A B=${canary}`,
    noticed: { code: 'statement-no-equals', line: 2, column: 3 },
  },
  {
    title: 'a digit first',
    source: `${usable}1A=x`,
    noticed: { code: 'variable-name-not-portable', line: 2 },
  },
  {
    title: 'a dash in the name',
    source: `${usable}A-B.c=x`,
    noticed: { code: 'variable-name-not-portable', line: 2 },
  },
  { title: 'export', source: `${usable}export A=x`, kept: ['A', 'x'] },
  { title: 'export alone', source: `${usable}export`, noticed: { code: 'statement-bare-name', line: 2 } },
  {
    title: 'an open double quote',
    source: `${usable}A="${canary}`,
    noticed: { code: 'statement-unterminated-quote', line: 2, column: 3 },
  },
  {
    title: 'an open single quote',
    source: `${usable}A='${canary}`,
    noticed: { code: 'statement-unterminated-quote', line: 2, column: 3 },
  },
  {
    title: 'an open backtick, which is a plain character to python-dotenv',
    source: `${usable}A=\`x`,
    kept: ['A', '`x'],
  },
  {
    title: 'text after the quote',
    source: `${usable}A="x"${canary}`,
    noticed: { code: 'statement-text-after-quote', line: 2, column: 6 },
  },
  { title: 'a comment', source: `${usable}A=x # c`, kept: ['A', 'x'] },
  { title: 'a hash inside', source: `${usable}A=x#y`, kept: ['A', 'x#y'] },
  { title: 'escapes in double quotes', source: String.raw`${usable}A="\n\t\"\\"`, kept: ['A', '\n\t"\\'] },
  { title: 'no escapes in single quotes', source: String.raw`${usable}A='\n'`, kept: ['A', String.raw`\n`] },
  {
    title: 'a key of several lines',
    source: `${usable}A="-----BEGIN\nx\n-----END"`,
    kept: ['A', '-----BEGIN\nx\n-----END'],
  },
  { title: 'nothing after the sign', source: `${usable}A=`, kept: ['A', ''] },
  { title: 'space around the sign', source: `${usable}A = x`, kept: ['A', 'x'] },
  { title: 'wide space around the sign', source: `${usable}A\u00A0=\u3000x`, kept: ['A', 'x'] },
  {
    title: 'a colon for a sign',
    source: `${usable}A: ${canary}`,
    noticed: { code: 'statement-no-equals', line: 2, column: 4 },
  },
  {
    title: 'set',
    source: `${usable}set A=${canary}`,
    noticed: { code: 'statement-no-equals', line: 2, column: 5 },
  },
  { title: 'a backslash at the end', source: `${usable}A=x\\\nB=y`, kept: ['A', 'x\\'] },
  { title: 'a quote in the middle', source: `${usable}A=it's`, kept: ['A', "it's"] },
  { title: 'commands', source: `${usable}A=$(id)\`id\``, kept: ['A', '$(id)`id`'] },
]
