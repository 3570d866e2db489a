// What is typed where, and what is said of it, in both languages: bad input as one table for each kind of form.
import { envFor } from './keywheel.ts'

export const languages = ['en', 'zh-CN'] as const
export type Language = (typeof languages)[number]
export type Said = Readonly<Record<Language, string>>

export const both = (en: string, chinese: string): Said => ({ en, 'zh-CN': chinese })

/** A piece of what is typed that no message may repeat. */
export const canary = 'canary-of-a-secret'

export const controls = {
  settings: both('Settings', '设置'),
  model: both('Model', '模型'),
  apiBase: both('Base URL', '基础地址'),
  provider: both('Provider', '服务商'),
  temperature: both('Temperature', '温度'),
  maxWait: both('Waits for a key at most', '最多等待密钥'),
  deadline: both('One request takes at most', '单个请求最多用时'),
  aliases: both('Other names', '别名'),
  fallbacks: both('Stand-ins', '备用模型'),
  save: both('Save', '保存'),
  reset: both('Reset', '还原'),
  remove: both('Delete the model', '删除模型'),
  headers: both('Extra headers', '附加请求头'),
  addHeader: both('Add a header', '添加请求头'),
  headerName: both('Name', '名称'),
  headerValue: both('Value', '值'),
  search: both('Filter models and keys', '筛选模型和密钥'),
  more: both('More for acct-1', 'acct-1 的更多操作'),
  edit: both('Edit…', '编辑…'),
  replace: both('Replace key', '替换密钥'),
  secret: both('The new key', '新密钥'),
  label: both('Label', '标签'),
  account: both('Account', '账户'),
  perMinute: both('Requests a minute', '每分钟请求数'),
  tokens: both('Tokens a minute', '每分钟 token 数'),
  perDay: both('Requests a day', '每天请求数'),
  atOnce: both('At the same time', '同时请求数'),
  weightOf: both('Weight: 1', '权重: 1'),
  weight: both('Weight', '权重'),
  add: both('Add keys', '添加密钥'),
  keys: both('Keys', '密钥'),
  found: both('What was found', '识别结果'),
  playground: both('Playground', '试验场'),
  parameters: both('Parameters', '参数'),
  maxTokens: both('Most tokens in an answer', '回答的最多 token 数'),
  prices: both('Prices', '价格'),
  setPrice: both('Set a price for gpt-4o', '设置价格：gpt-4o'),
  prompt: both('Input price of gpt-4o', 'gpt-4o 的输入价格'),
  completion: both('Output price of gpt-4o', 'gpt-4o 的输出价格'),
} as const

const notAUrl = both(
  'This is not a web address. Write it like https://api.example.com/v1.',
  '这不是网址。请写成 https://api.example.com/v1 的样子。',
)
const scheme = both(
  'Only https:// (or http:// on this machine or a private network) can be used.',
  '只能使用 https://（本机或内网也可用 http://）。',
)
const machineOwn = both(
  "This address belongs to the machine's own services and never gets a key.",
  '该地址属于本机自身的服务，绝不会向它发送密钥。',
)
const ownGateway = both(
  "This is Keywheel's own gateway: every request would come back to it. Write the provider's address.",
  '这是 Keywheel 自己的网关，每个请求都会绕回来。请填写服务商的地址。',
)
const plainHttp = both(
  'http:// would send the key readable to everyone on the way. Use https://.',
  'http:// 会让途中的任何人看到密钥。请使用 https://。',
)
const temperature = both('A temperature is a number from 0 to 2, or nothing.', '温度是 0 到 2 之间的数字，或留空。')
const seconds = both('Up to 3,600 seconds; a request needs at least one.', '最多 3,600 秒；请求至少 1 秒。')
const limit = both('A whole number from 1 to 1,000,000,000, or nothing.', '请填写 1 到 1,000,000,000 的整数，或留空。')

export type ModelField = 'model' | 'apiBase' | 'provider' | 'temperature' | 'maxWait' | 'deadline'

/** What a model cannot have, by field. */
export const modelRefusals: readonly (readonly [ModelField, string, Said])[] = [
  ['apiBase', ' ', both('Write the base URL.', '请填写基础地址。')],
  ['apiBase', 'api.example.com/v1', notAUrl],
  ['apiBase', '//api.example.com/v1', notAUrl],
  ['apiBase', 'https://api.example.com:99999/v1', notAUrl],
  ['apiBase', 'ftp://api.example.com/v1', scheme],
  ['apiBase', 'file:///etc/passwd', scheme],
  ['apiBase', 'javascript:alert(1)', scheme],
  ['apiBase', 'http://api.example.com/v1', plainHttp],
  [
    'apiBase',
    `https://person:${canary}@api.example.com/v1`,
    both('The address holds a user name or password. Leave that out.', '地址中含有用户名或密码，请去掉。'),
  ],
  [
    'apiBase',
    `https://api.example.com/v1?key=${canary}`,
    both('The address holds a question mark and parameters. Leave those out.', '地址中含有问号和参数，请去掉。'),
  ],
  [
    'apiBase',
    `https://api.example.com/v1#${canary}`,
    both('The address holds a # part. Leave that out.', '地址中含有 # 部分，请去掉。'),
  ],
  ['apiBase', 'https://api.example.com:0/v1', both('This port cannot be used.', '不能使用这个端口。')],
  ['apiBase', 'http://169.254.169.254/v1', machineOwn],
  ['apiBase', 'http://0xA9FEA9FE/v1', machineOwn],
  ['apiBase', 'http://[::ffff:169.254.169.254]/v1', machineOwn],
  ['apiBase', 'http://[fe80::1]/v1', machineOwn],
  ['apiBase', 'http://0.0.0.0/v1', machineOwn],
  ['apiBase', 'https://metadata.google.internal/v1', machineOwn],
  ['apiBase', 'http://127.0.0.1:4141/v1', ownGateway],
  ['apiBase', 'http://localhost:4141/v1', ownGateway],
  ['apiBase', 'http://0x7f.1:4141/v1', ownGateway],
  ['apiBase', 'http://[::1]:4141/v1', ownGateway],
  [
    'apiBase',
    `https://api.example.com/${'v'.repeat(2048)}`,
    both('A base URL has at most 2,048 characters.', '基础地址最多 2,048 个字符。'),
  ],
  ['model', ' ', both("Write the model's name.", '请填写模型名称。')],
  ['model', 'm'.repeat(5000), both('A name has at most 256 characters.', '名称最多 256 个字符。')],
  [
    'model',
    'a\u0007model',
    both('A name cannot hold line breaks or control characters.', '名称不能包含换行或控制字符。'),
  ],
  ['provider', 'p'.repeat(65), both('A provider has at most 64 characters.', '服务商最多 64 个字符。')],
  ['temperature', '-1', temperature],
  ['temperature', '3', temperature],
  ['maxWait', '-1', seconds],
  ['maxWait', 'soon', seconds],
  ['maxWait', 'Infinity', seconds],
  ['deadline', '0', seconds],
  ['deadline', 'NaN', seconds],
  ['deadline', 'Infinity', seconds],
]

const twice = both(
  'The version stands there twice. Providers answer that with 404.',
  '版本号写了两次，服务商会返回 404。',
)
const withoutVersion = both(
  'Most addresses end in a version such as /v1. Check whether this one has to.',
  '多数地址以 /v1 之类的版本号结尾，请确认此处是否需要。',
)
const wholeCall = both('The end of a call is added by itself. Leave it out here.', '接口路径会自动添加，请在此去掉。')
const otherAlphabet = both(
  "The host has letters of another alphabet, which can look like a provider's own name. Check it as written here.",
  '主机名含有其他文字的字母，可能冒充服务商的名称。请按此处所写的形式核对。',
)
const twoSlashes = both('There are two slashes in a row.', '有两个连续的斜杠。')

/** What an address that may be used comes to, and what is remarked on it. */
export const calledUrls: readonly (readonly [typed: string, called: string, remark: Said | null])[] = [
  [' https://api.example.com/v1// ', 'https://api.example.com/v1/chat/completions', null],
  ['http://0x7f.1:11434/v1', 'http://127.0.0.1:11434/v1/chat/completions', null],
  ['https://api.example.com', 'https://api.example.com/chat/completions', withoutVersion],
  ['https://api.example.com/v1/v1', 'https://api.example.com/v1/v1/chat/completions', twice],
  ['https://api.example.com//v1', 'https://api.example.com//v1/chat/completions', twoSlashes],
  [
    'https://api.example.com/v1/chat/completions',
    'https://api.example.com/v1/chat/completions/chat/completions',
    wholeCall,
  ],
  ['https://\u0430pi.openai.com/v1', 'https://xn--pi-6kc.openai.com/v1/chat/completions', otherAlphabet],
]

export type KeyField = 'label' | 'account' | 'perMinute' | 'tokens' | 'perDay' | 'atOnce'

/** What a key cannot have, by field. */
export const keyRefusals: readonly (readonly [KeyField, string, Said])[] = [
  ['label', ' ', both('Write a label.', '请填写标签。')],
  ['label', 'l'.repeat(81), both('A label has at most 80 characters.', '标签最多 80 个字符。')],
  ['account', 'a'.repeat(81), both('An account has at most 80 characters.', '账户最多 80 个字符。')],
  ['perMinute', '0', limit],
  ['perMinute', '-1', limit],
  ['perMinute', '1e12', limit],
  ['perMinute', 'Infinity', limit],
  ['perMinute', '1e400', limit],
  ['tokens', '0', limit],
  ['perDay', '0', limit],
  ['atOnce', '0', limit],
  ['atOnce', '1.5', limit],
  ['atOnce', 'many', limit],
]

const characters = both(
  'A key holds only letters, digits and signs, without spaces.',
  '密钥只能包含字母、数字和符号，不能有空格。',
)

/** What cannot take the place of a key that is there. */
export const secretRefusals: readonly (readonly [string, Said])[] = [
  [' ', both('Paste a key.', '请粘贴密钥。')],
  [`sk-${canary} and-more`, characters],
  [`sk-\u0000${canary}`, characters],
  [`sk-ｆull-width-${canary}`, characters],
  [`“sk-${canary}”`, characters],
  ['k'.repeat(5000), both('A key has at most 4,096 characters.', '密钥最多 4,096 个字符。')],
]

/** The key that the model holds, and that is pasted once more. */
export const heldSecret = 'sk-of-a-person-number-0001'

const token = both(
  'Line 1 looks like a token or is very short. It is added all the same.',
  '第 1 行看起来像令牌或过短，仍会添加。',
)
const mended = both(
  'Spaces, quotes or “Bearer” around 1 key are left out.',
  '已去掉 1 个密钥前后的空格、引号或“Bearer”。',
)
const masked = both('A masked key: copy the whole one.', '这是打码的密钥，请复制完整的密钥。')
const configuration = both('This looks like a whole configuration.', '这看起来是一份完整的配置。')
const notAscii = 'A character that no key has, such as a full-width letter or a curly quote.'
const notAsciiInChinese = '含有密钥不会有的字符，例如全角字母或弯引号。'
const control = 'A line break, tab or control character stands inside a key.'
const controlInChinese = '密钥中含有换行、制表符或控制字符。'

/** What is pasted as a key, and what is said of it; the model is one of OpenAI's. */
export const pasted: readonly (readonly [what: string, text: string, said: Said])[] = [
  ['a header of a request', 'Authorization: Bearer sk-live-of-a-person-0001', mended],
  [
    'a control character inside',
    'sk-with\u0001control-0001',
    both(`${control} (line 1, character 8)`, `${controlInChinese}（第 1 行第 8 个字符）`),
  ],
  [
    'a NUL inside',
    'sk-\u0000nul-inside-0001',
    both(`${control} (line 1, character 4)`, `${controlInChinese}（第 1 行第 4 个字符）`),
  ],
  [
    'a full-width letter',
    '\nsk-ｆull-width-0001',
    both(`${notAscii} (line 2, character 4)`, `${notAsciiInChinese}（第 2 行第 4 个字符）`),
  ],
  [
    'curly quotes',
    '“sk-curly-quotes-0001”',
    both(`${notAscii} (line 1, character 1)`, `${notAsciiInChinese}（第 1 行第 1 个字符）`),
  ],
  ['a key that was shown masked', 'sk-…abcd', masked],
  ['nothing but a mask', '***', masked],
  [
    'a key that the model holds',
    heldSecret,
    both('Line 1: this model has it already. It is left out.', '第 1 行：该模型已有其中 1 个，将被忽略。'),
  ],
  [
    'the same key twice',
    'sk-of-a-person-number-0002\nsk-of-a-person-number-0002',
    both('1 was pasted twice and is taken once.', '1 个重复粘贴，只取一次。'),
  ],
  ['one character', 'x', token],
  ['five thousand characters', 'k'.repeat(5000), both('Longer than any key.', '超过任何密钥的长度。')],
  [
    'an example out of a guide',
    'your-api-key',
    both('1 looks like an example from a guide. It is added all the same.', '1 个看起来像指南中的示例，仍会添加。'),
  ],
  [
    'a key of another provider',
    'sk-ant-api03-of-a-person-0001',
    both(
      'Line 1 looks like a key of Anthropic. It is added all the same.',
      '第 1 行看起来像 Anthropic 的密钥，仍会添加。',
    ),
  ],
  ['a token of GitHub', `ghp_${'a1'.repeat(18)}`, token],
  ['a signed token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJl', token],
  [
    'a private key',
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n-----END PRIVATE KEY-----',
    both('A private key does not belong here.', '私钥不应放在这里。'),
  ],
  ['a whole .env', envFor('https://api.example.com/v1', ['sk-in-a-file-0001']), configuration],
  ['a whole JSON', '{"api_key": "sk-in-a-file-0001", "api_base": "https://api.example.com/v1"}', configuration],
  ['a command', 'curl https://api.example.com/v1/models -H "Authorization: Bearer sk-0001"', configuration],
]

const price = both(
  'A price is a number from 0 to 1,000,000, with at most six decimals.',
  '价格是 0 到 1,000,000 之间的数字，最多六位小数。',
)

export const priceRefusals: readonly (readonly ['prompt' | 'completion', string, Said])[] = [
  ['prompt', '-1', price],
  ['prompt', '1e400', price],
  ['prompt', '', price],
  ['completion', 'Infinity', price],
  ['completion', '0.1234567', price],
  ['completion', '1000001', price],
]

/** What a parameter of a chat cannot be: it is not taken, and the field says what can be. */
export const parameterRefusals: readonly (readonly ['temperature' | 'maxTokens', string, Said])[] = [
  ['temperature', '-1', both('From 0 to 2.', '0 到 2。')],
  ['temperature', '3', both('From 0 to 2.', '0 到 2。')],
  ['temperature', 'NaN', both('From 0 to 2.', '0 到 2。')],
  ['maxTokens', '0', both('From 1 to 1,000,000.', '1 到 1,000,000。')],
  ['maxTokens', '-1', both('From 1 to 1,000,000.', '1 到 1,000,000。')],
  ['maxTokens', '1000000000000', both('From 1 to 1,000,000.', '1 到 1,000,000。')],
]
