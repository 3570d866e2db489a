import { createInstance } from 'i18next'
import { describe, expect, it } from 'vitest'
import { auditSubject } from '../../../renderer/features/vault/audit-subject.ts'
import { en } from '../../../renderer/i18n/en.ts'
import { zhCN } from '../../../renderer/i18n/zh-CN.ts'

const i18n = createInstance()
await i18n.init({ lng: 'en', resources: { en, 'zh-CN': zhCN }, interpolation: { escapeValue: false } })

const inWords = (
  action: Parameters<typeof auditSubject>[0]['action'],
  subject: string,
  language: 'en' | 'zh-CN' = 'en',
) => auditSubject({ action, subject }, i18n.getFixedT(language, 'vault'))

describe('what something was done to', () => {
  it('is a way to open the vault in the words of the page', () => {
    expect(inWords('create', 'pass')).toBe('Passphrase')
    expect(inWords('open-interface', 'kit', 'zh-CN')).toBe('恢复码')
    expect(inWords('change-protection', '+file')).toBe('+ File permissions only')
    expect(inWords('change-protection', '-os')).toBe("− System's keychain")
  })

  it('is a number in the language of the page', () => {
    expect(inWords('purge', '1 keys')).toBe('1 key')
    expect(inWords('import', '1 models, 3 new keys')).toBe('1 model, 3 keys')
    expect(inWords('restore', 'generation 7', 'zh-CN')).toBe('第 7 次保存')
  })

  it('stays as the person wrote it', () => {
    expect(inWords('reveal', 'os')).toBe('os')
    expect(inWords('delete', 'gpt-4o / acct-2')).toBe('gpt-4o / acct-2')
    expect(inWords('delete', '7 keys')).toBe('7 keys')
  })
})
