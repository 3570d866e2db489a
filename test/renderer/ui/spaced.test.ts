import { expect, it } from 'vitest'
import { spaced } from '../../../renderer/ui/spaced.ts'

it.each([
  ['Keys are made at:', 'Keys are made at: '],
  ['密钥在此创建：', '密钥在此创建：'],
  ['该模型没有密钥。', '该模型没有密钥。'],
  ['当前', '当前 '],
])('what follows %j stands after %j', (text, before) => {
  expect(spaced(text)).toBe(before)
})
