import type { FamilyRows } from './error-row.ts'

const zhipuDocs = 'Z.AI developer documentation, "Error codes"'
const zhipuError = (code: string, message: string) => ({ error: { code, message } })
export const zhipu: FamilyRows = [
  {
    what: 'a wrong key',
    source: zhipuDocs,
    status: 401,
    body: zhipuError(
      '1002',
      'Invalid Authentication Token, please confirm the correct transmission of the Authentication Token',
    ),
    expect: { kind: 'rejected' },
  },
  {
    what: 'an expired token',
    source: zhipuDocs,
    status: 401,
    body: zhipuError('1003', '身份验证Token已过期，请重新生成/获取'),
    expect: { kind: 'rejected' },
  },
  {
    what: 'an empty balance, as a 429',
    source: zhipuDocs,
    status: 429,
    body: zhipuError('1113', '您的账户已欠费，请充值后重试'),
    expect: { kind: 'exhausted', providerCode: '1113' },
  },
  {
    what: 'too many at once',
    source: zhipuDocs,
    status: 429,
    body: zhipuError('1302', '您当前使用该API的并发数过高，请降低并发'),
    expect: { kind: 'rate-limited' },
  },
  {
    what: 'too often',
    source: zhipuDocs,
    status: 429,
    body: zhipuError('1303', '您当前使用该API的频率过高，请降低频率'),
    expect: { kind: 'rate-limited' },
  },
  {
    what: "a day's calls",
    source: zhipuDocs,
    status: 429,
    body: zhipuError('1304', '该API已达今日调用次数限额'),
    expect: { kind: 'exhausted' },
  },
  {
    what: 'overload',
    source: zhipuDocs,
    status: 429,
    body: zhipuError('1305', '当前API请求过多，请稍后重试'),
    expect: { kind: 'upstream-failed' },
  },
  {
    what: 'five hours of a plan, with the time of its return',
    source: zhipuDocs,
    status: 429,
    body: zhipuError('1308', 'Usage limit reached for 5 hour. Your limit will reset at 2026-01-01 11:00:00'),
    expect: { kind: 'exhausted', resetAfterMs: 3 * 3_600_000 },
  },
  {
    what: 'a model outside the plan',
    source: zhipuDocs,
    status: 429,
    body: zhipuError('1311', 'The current subscription plan does not yet include access to GLM-5'),
    expect: { kind: 'not-allowed' },
  },
  {
    what: 'sensitive content',
    source: zhipuDocs,
    status: 400,
    body: zhipuError('1301', '系统检测到输入或生成内容可能包含不安全或敏感内容'),
    expect: { kind: 'caller-fault' },
  },
  {
    what: 'a wrong parameter',
    source: zhipuDocs,
    status: 400,
    body: zhipuError('1210', 'API 调用参数有误，请检查文档'),
    expect: { kind: 'caller-fault' },
  },
  {
    what: 'a model that does not exist, as a 400',
    source: zhipuDocs,
    status: 400,
    body: zhipuError('1211', '模型不存在，请检查模型代码'),
    expect: { kind: 'caller-fault' },
  },
  {
    what: 'a network error of its own',
    source: zhipuDocs,
    status: 500,
    body: zhipuError('1234', '网络错误，错误id：2026010100000000'),
    expect: { kind: 'upstream-failed' },
  },
]
