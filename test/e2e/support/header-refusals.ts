import { both, canary, type Said } from './refusals.ts'

const ownHeader = both(
  "This header is Keywheel's own to set: another value would change what the request is. Choose another name.",
  '这个请求头由 Keywheel 自己设置，改动它会改变请求本身。请换一个名称。',
)
const keyHeader = both(
  'A key or a cookie is not sent in an extra header. Add the key under Keys, where it is rotated and tested.',
  '密钥和 Cookie 不能放在附加请求头中。请在“密钥”里添加密钥，以便轮换和测试。',
)
const headerName = both(
  "A header's name holds letters, digits and - only, without spaces or a colon.",
  '请求头的名称只能包含字母、数字和 -，不能有空格或冒号。',
)
const headerValue = both(
  "A header's value is one line of letters, digits and signs of Western European languages.",
  '请求头的值只能是一行西文字母、数字和符号。',
)

/** What no model sends beside the key; one of the name X-Team is there already. A field takes no line break itself. */
export const headerRefusals: readonly (readonly ['headerName' | 'headerValue', name: string, value: string, Said])[] = [
  ['headerName', ' ', canary, both("Write the header's name.", '请填写请求头的名称。')],
  ['headerName', 'Authorization', `Bearer ${canary}`, keyHeader],
  ['headerName', 'x-API-key', canary, keyHeader],
  ['headerName', 'Cookie', `session=${canary}`, keyHeader],
  ['headerName', 'Host', canary, ownHeader],
  ['headerName', 'content-length', '0', ownHeader],
  ['headerName', 'Transfer-Encoding', 'chunked', ownHeader],
  ['headerName', 'Proxy-Authorization', `Basic ${canary}`, ownHeader],
  ['headerName', 'Sec-Fetch-Site', 'none', ownHeader],
  ['headerName', 'X-Keywheel-Key', canary, ownHeader],
  ['headerName', 'X-Title:', canary, headerName],
  ['headerName', 'X Title', canary, headerName],
  ['headerName', '标题', canary, headerName],
  [
    'headerName',
    'x'.repeat(129),
    canary,
    both("A header's name has at most 128 characters.", '请求头的名称最多 128 个字符。'),
  ],
  [
    'headerName',
    'x-TEAM',
    canary,
    both(
      'This model has a header of that name already. Change that one instead.',
      '该模型已有同名的请求头。请修改原有的那一个。',
    ),
  ],
  ['headerValue', 'X-Title', ' ', both("Write the header's value.", '请填写请求头的值。')],
  ['headerValue', 'X-Title', `${canary}\u0000`, headerValue],
  ['headerValue', 'X-Title', `${canary}\u007f`, headerValue],
  ['headerValue', 'X-Title', `“${canary}”`, headerValue],
  ['headerValue', 'X-Title', `${canary} 标题`, headerValue],
  [
    'headerValue',
    'X-Title',
    'v'.repeat(4097),
    both("A header's value has at most 4,096 characters.", '请求头的值最多 4,096 个字符。'),
  ],
]
