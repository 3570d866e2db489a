import { describe, expect, it } from 'vitest'
import { modelSlips } from '../../electron/transfer/model-slips.ts'
import type { FileModel } from '../../electron/transfer/difference.ts'

const aModel = (change: Partial<FileModel>): FileModel => ({
  name: 'glm-4.7',
  provider: null,
  apiBase: 'https://api.openai.com/v1',
  isDefaultBase: false,
  temperature: null,
  keys: ['sk-plain-0000000000000000000001'],
  refusedKeys: [],
  extra: {},
  line: 3,
  ...change,
})

const codesOf = (change: Partial<FileModel>) => modelSlips([aModel(change)]).map(({ code }) => code)

describe('a slip in a file', () => {
  it.each([
    ['https://api.openai.com/v1/v1', true],
    ['https://api.openai.com/v1//V1/', true],
    ['https://x.example/v1beta/v1beta/openai', true],
    ['https://api.openai.com/v1', false],
    ['https://x.example/v1/v2', false],
    ['https://x.example/v1/v10', false],
  ])('is a version that stands twice in a base URL (%s: %s)', (apiBase, isSlip) => {
    expect(codesOf({ apiBase })).toEqual(isSlip ? ['api-base-doubled'] : [])
  })

  it.each([
    ['sk-ant-api03-0000000000000001', 'https://api.openai.com/v1', true],
    ['sk-ant-api03-0000000000000001', 'https://api.anthropic.com/v1', false],
    ['gsk_00000000000000000001', 'https://api.deepseek.com/v1', true],
    ['sk-00000000000000000000001', 'https://api.anthropic.com/v1', false],
    ['sk-ant-api03-0000000000000001', 'https://my-proxy.example/v1', false],
  ])('is a key of one provider in the model of another (%s at %s: %s)', (secret, apiBase, isSlip) => {
    expect(codesOf({ apiBase, keys: ['sk-plain-0001', secret] })).toEqual(isSlip ? ['key-of-other-provider'] : [])
  })

  it('is said with the model and its line, and without the key', () => {
    expect(modelSlips([aModel({ apiBase: 'https://api.openai.com/v1/v1' })])).toEqual([
      { code: 'api-base-doubled', line: 3, column: null, name: 'glm-4.7' },
    ])
  })
})
