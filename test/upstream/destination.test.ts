import { describe, expect, it } from 'vitest'
import { isForbiddenAddress, isForbiddenHost } from '../../electron/upstream/address-guard.ts'
import { destinationOf } from '../../electron/upstream/destination.ts'
import { authorization } from '../../electron/upstream/providers/authorization.ts'
import { providerFamily } from '../../electron/upstream/providers/family.ts'
import { transportCause } from '../../electron/upstream/transport-cause.ts'

const to = (apiBase: string, path: string) => destinationOf({ apiBase, provider: null, model: 'm' }, path)

describe('where a request goes', () => {
  it.each([
    ['https://api.openai.com/v1', '/chat/completions', 'https://api.openai.com', '/v1/chat/completions'],
    ['https://api.openai.com/v1/', '/models', 'https://api.openai.com', '/v1/models'],
    ['https://api.deepseek.com', '/chat/completions', 'https://api.deepseek.com', '/chat/completions'],
    ['http://127.0.0.1:8080/a/b', '/c', 'http://127.0.0.1:8080', '/a/b/c'],
    ['https://x.openai.azure.com/openai/v1', '/models', 'https://x.openai.azure.com', '/openai/v1/models'],
    [
      'https://x.openai.azure.com/openai/deployments/gpt-4o',
      '/chat/completions',
      'https://x.openai.azure.com',
      '/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21',
    ],
  ])('%s + %s', (apiBase, path, origin, full) => {
    expect(to(apiBase, path)).toMatchObject({ origin, path: full })
  })

  it.each([
    '/../admin',
    '/chat/../../admin',
    '/%2e%2e/admin',
    '/a%2fb',
    '/a%5cb',
    '//evil.example/x',
    '/a?key=1',
    '/a#b',
    '/a b',
    '/a\r\nx: y',
    '\\\\evil.example',
    'chat',
    '/.',
    '',
  ])('never below another path or host than the base: %j', (path) => {
    expect(to('https://api.openai.com/v1', path)).toBeNull()
  })

  it('keeps its host whatever the path looks like', () => {
    expect(to('https://api.openai.com/v1', '/@evil.example')).toMatchObject({
      origin: 'https://api.openai.com',
      path: '/v1/@evil.example',
    })
  })

  it.each(['ftp://x/v1', 'file:///etc/passwd', 'https://user:pw@x/v1', 'no url', '', 'javascript:alert(1)'])(
    'refuses the base %j',
    (apiBase) => {
      expect(to(apiBase, '/models')).toBeNull()
    },
  )

  it.each([
    '169.254.169.254',
    '[fe80::1]',
    '0.0.0.0',
    '0.1.2.3',
    '[::ffff:169.254.169.254]',
    '[::ffff:a9fe:a9fe]',
    '100.100.100.200',
    '[::]',
  ])('never %s', (host) => {
    expect(isForbiddenHost(host)).toBe(true)
  })

  it.each(['127.0.0.1', '::1', '192.168.1.5', '10.0.0.1', '1.1.1.1', 'example.com'])('may be %s', (address) => {
    expect(isForbiddenAddress(address)).toBe(false)
  })
})

describe('the family of a provider', () => {
  it.each([
    ['openai', 'https://api.openai.com/v1', 'openai'],
    ['openai', 'https://open.bigmodel.cn/api/paas/v4', 'zhipu'],
    ['openai', 'https://api.z.ai/api/paas/v4', 'zhipu'],
    ['openai', 'https://api.siliconflow.cn/v1', 'siliconflow'],
    [null, 'https://api.deepseek.com', 'deepseek'],
    [null, 'https://api.moonshot.cn/v1', 'moonshot'],
    [null, 'https://openrouter.ai/api/v1', 'openrouter'],
    [null, 'https://api.anthropic.com/v1', 'anthropic'],
    [null, 'https://generativelanguage.googleapis.com/v1beta/openai', 'gemini'],
    [null, 'https://res.openai.azure.com/openai/v1', 'azure'],
    ['anthropic', 'https://relay.example/v1', 'anthropic'],
    ['Gemini', 'https://relay.example/v1', 'gemini'],
    ['openai', 'https://relay.example/v1', 'generic'],
    [null, 'https://notopenai.com/v1', 'generic'],
    [null, 'https://api.openai.com.evil.example/v1', 'generic'],
    [null, 'no url', 'generic'],
  ])('of %s at %s is %s', (provider, apiBase, family) => {
    expect(providerFamily(provider, apiBase)).toBe(family)
  })

  it('decides how a key is shown', () => {
    expect(authorization('generic', '/chat/completions', 's', {})).toEqual({ authorization: 'Bearer s' })
    expect(authorization('azure', '/chat/completions', 's', {})).toEqual({ 'api-key': 's' })
    expect(authorization('anthropic', '/chat/completions', 's', {})).toEqual({ authorization: 'Bearer s' })
    expect(authorization('anthropic', '/messages', 's', {})).toEqual({
      'x-api-key': 's',
      'anthropic-version': '2023-06-01',
    })
    expect(authorization('anthropic', '/messages', 's', { 'anthropic-version': '2099-01-01' })).toMatchObject({
      'anthropic-version': '2099-01-01',
    })
  })
})

describe('why a connection failed', () => {
  it.each([
    ['ENOTFOUND', 'unknown-host'],
    ['EAI_AGAIN', 'unknown-host'],
    ['ECONNREFUSED', 'connection-refused'],
    ['EHOSTUNREACH', 'connection-refused'],
    ['ECONNRESET', 'connection-lost'],
    ['EPIPE', 'connection-lost'],
    ['UND_ERR_SOCKET', 'connection-lost'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
    ['ETIMEDOUT', 'timeout'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['EPROTO', 'tls'],
    ['HPE_INVALID_CONSTANT', 'not-json'],
    ['UND_ERR_HEADERS_OVERFLOW', 'too-large'],
    ['SOMETHING_ELSE', 'connection-lost'],
  ])('%s is %s', (code, cause) => {
    expect(transportCause(Object.assign(new Error('x'), { code }))).toBe(cause)
    expect(transportCause(new AggregateError([Object.assign(new Error('x'), { code })]))).toBe(cause)
    expect(transportCause(new Error('x', { cause: Object.assign(new Error('y'), { code }) }))).toBe(cause)
  })

  it('is a lost connection when nothing says more', () => {
    expect(transportCause(undefined)).toBe('connection-lost')
    expect(transportCause('boom')).toBe('connection-lost')
  })
})
