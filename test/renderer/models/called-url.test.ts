import { describe, expect, it } from 'vitest'
import { calledUrl } from '../../../renderer/features/models/called-url.ts'
import { providerPresets } from '../../../shared/provider-presets.ts'

describe('what a base URL comes to', () => {
  it.each([
    ['https://api.example.com/v1', 'https://api.example.com/v1/chat/completions', []],
    [' https://api.example.com/v1/// ', 'https://api.example.com/v1/chat/completions', []],
    ['HTTPS://API.Example.com:443/v1/', 'https://api.example.com/v1/chat/completions', []],
    ['http://0x7f.1:11434/v1', 'http://127.0.0.1:11434/v1/chat/completions', []],
    ['https://api.example.com', 'https://api.example.com/chat/completions', ['no-version']],
    ['https://api.openai.com', 'https://api.openai.com/chat/completions', ['no-version']],
    ['https://api.example.com/v1/v1', 'https://api.example.com/v1/v1/chat/completions', ['twice']],
    ['https://api.example.com/v1beta/v1beta/', 'https://api.example.com/v1beta/v1beta/chat/completions', ['twice']],
    ['https://api.example.com//v1', 'https://api.example.com//v1/chat/completions', ['slashes']],
    [
      'https://api.example.com/v1/chat/completions',
      'https://api.example.com/v1/chat/completions/chat/completions',
      ['endpoint'],
    ],
    ['https://\u0430pi.openai.com/v1', 'https://xn--pi-6kc.openai.com/v1/chat/completions', ['other-alphabet']],
    ['https://api。example。com/v1', 'https://api.example.com/v1/chat/completions', []],
  ])('%s calls %s', (typed, url, remarks) => {
    expect(calledUrl(typed)).toEqual({ url, remarks })
  })

  it('is not said of what is no web address', () => {
    for (const typed of ['', 'api.example.com/v1', '//x', 'ftp://x/v1', 'https:', 'https://', 'https://a:99999'])
      expect(calledUrl(typed)).toBeNull()
  })

  it('has nothing to remark on any address of the table', () => {
    for (const { apiBase } of providerPresets) expect(calledUrl(apiBase)?.remarks).toEqual([])
  })
})
