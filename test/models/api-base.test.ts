import { describe, expect, it } from 'vitest'
import { parseApiBase } from '../../electron/models/api-base.ts'

describe('a base URL', () => {
  it.each([
    ['https://api.openai.com/v1', 'https://api.openai.com/v1', 'api.openai.com'],
    [' https://api.siliconflow.cn/v1/ ', 'https://api.siliconflow.cn/v1', 'api.siliconflow.cn'],
    ['https://relay.example:8443', 'https://relay.example:8443', 'relay.example:8443'],
    ['http://127.0.0.1:11434/v1', 'http://127.0.0.1:11434/v1', '127.0.0.1:11434'],
    ['http://[::1]:11434/v1', 'http://[::1]:11434/v1', '[::1]:11434'],
    ['http://nas.local/v1', 'http://nas.local/v1', 'nas.local'],
    ['http://192.168.1.20/v1', 'http://192.168.1.20/v1', '192.168.1.20'],
    ['https://api.openai.com/v1?', 'https://api.openai.com/v1', 'api.openai.com'],
    ['https://api.openai.com/v1/#', 'https://api.openai.com/v1', 'api.openai.com'],
    ['HTTPS://API.OpenAI.com:443/v1', 'https://api.openai.com/v1', 'api.openai.com'],
    ['http://ollama:11434', 'http://ollama:11434', 'ollama:11434'],
  ])('%s is taken as %s', (text, url, host) => {
    expect(parseApiBase(text)).toEqual({ url, host })
  })

  it.each([
    ['api.openai.com/v1', 'not-a-url'],
    ['//api.openai.com', 'not-a-url'],
    ['', 'not-a-url'],
    ['https:api.openai.com', 'not-a-url'],
    ['ftp://api.openai.com', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['http://api.openai.com/v1', 'plain-http'],
    ['https://user:secret@api.openai.com', 'user-info'],
    ['https://api.openai.com/v1?key=1', 'query'],
    ['https://api.openai.com/v1#f', 'fragment'],
    ['https://api.openai.com:0/v1', 'port'],
    ['https://api.openai.com:99999/v1', 'not-a-url'],
    ['http://169.254.169.254/latest', 'forbidden-host'],
    ['http://[::ffff:169.254.169.254]/', 'forbidden-host'],
    ['http://0xA9FEA9FE/', 'forbidden-host'],
    ['http://metadata.google.internal/', 'forbidden-host'],
    ['https://metadata.google.internal./', 'forbidden-host'],
    ['http://0.0.0.0:80/', 'forbidden-host'],
    ['http://[fe80::1]/', 'forbidden-host'],
    ['http://100.100.100.200/', 'forbidden-host'],
    ['http://[fd00:ec2::254]/', 'forbidden-host'],
  ])('%s is refused: %s', (text, reason) => {
    expect(() => parseApiBase(text)).toThrow(expect.objectContaining({ code: 'API_BASE_REFUSED', data: { reason } }))
  })
})
