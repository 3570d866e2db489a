import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseProviderError } from '../../../electron/rotation/classification/provider-error.ts'
import { providerMessage, redact } from '../../../electron/rotation/classification/provider-message.ts'

const secret = 'sk-canary-Xy9kLmN3pQrS7tUvW2zA'
const said = (message: string) => providerMessage(parseProviderError(JSON.stringify({ error: { message } })), [secret])

describe("the provider's own words", () => {
  it('are kept when they are harmless', () => {
    const text =
      'The model `meta-llama/Llama-3.3-70B-Instruct-Turbo` does not exist (request req_011CSHoEeqs5C35K2UUqR7Fy).'
    expect(said(text)).toBe(text)
  })

  it.each([
    ['the secret itself', `Bad key ${secret}!`, 'Bad key [key]!'],
    ['its beginning', `Bad key ${secret.slice(0, 12)}…`, 'Bad key [key]…'],
    ['its end', `Bad key …${secret.slice(-12)}`, 'Bad key …[key]'],
    ['a key masked by the provider', 'Bad key sk-proj-****wxyz.', 'Bad key [key].'],
    ['a key with its last four only', 'Your api key: ****fcc2 is invalid', 'Your api key: [key] is invalid'],
    ["somebody else's key", 'Bad key sk-abcdefghijklmnop1234', 'Bad key [key]'],
    ["a key of Google's", 'Bad key AIzaSyA0123456789abcdefghijklmnopqrs', 'Bad key [key]'],
    ["a key of Zhipu's", 'Bad key 0123456789abcdef0123456789abcdef.AbCdEfGhIjKlMnOp', 'Bad key [key]'],
    ['a header', 'Authorization: Bearer abcdefgh12345678', 'Authorization: Bearer [key]'],
    ['a JSON web token', 'token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl', 'token [key]'],
  ])('never repeat %s', (_title, message, expected) => {
    expect(said(message)).toBe(expected)
  })

  it('fit on one line of 300 characters', () => {
    const long = said(`one\r\n\ttwo\u0000\u202E three ${'word '.repeat(200)}`) ?? ''
    expect(long).toHaveLength(300)
    expect(long.startsWith('one two three word')).toBe(true)
    expect(long.endsWith('…')).toBe(true)
  })

  it.each([
    ['an object in an array', '[{"error":{"message":"m"}}]'],
    ['an error that is a string', '{"error":"m"}'],
    ['a message at the top', '{"code":1,"message":"m","data":null}'],
    ['a list of details', '{"detail":[{"msg":"m","loc":["body"]}]}'],
    ['a bare JSON string', '"m"'],
    ['plain text', 'm'],
    ['the title of a page', '<!doctype html><html><head><title> m </title></head></html>'],
    [
      'an event of a Responses stream',
      '{"type":"response.failed","response":{"error":{"code":"server_error","message":"m"}}}',
    ],
    ['an error wrapped into another one', '{"error":{"message":"{\\"error\\":{\\"message\\":\\"m\\"}}"}}'],
  ])('are found in %s', (_title, body) => {
    expect(providerMessage(parseProviderError(body), [])).toBe('m')
  })

  it.each([[''], ['{}'], ['[]'], ['{"error":{"message":17}}'], ['<html></html>']])('are none in %j', (body) => {
    expect(providerMessage(parseProviderError(body), [])).toBeNull()
  })

  const anySecret = fc.stringMatching(/^[!-~]{20,60}$/)
  it('contain no window of eight characters of the secret, wherever and however much of it was quoted', () => {
    fc.assert(
      fc.property(anySecret, fc.string(), fc.string(), fc.nat(), fc.nat(), (secret, before, after, from, length) => {
        const start = from % secret.length
        const quoted = secret.slice(start, start + 8 + (length % secret.length))
        const clean = redact(`${before}${quoted}${after}`, [secret])
        for (let at = 0; at + 8 <= secret.length; at += 1) {
          expect(clean.includes(secret.slice(at, at + 8))).toBe(false)
        }
      }),
    )
  })

  it('never throw on any body', () => {
    fc.assert(
      fc.property(fc.string(), (body) => {
        const message = providerMessage(parseProviderError(body), [secret])
        expect(message === null || message.length <= 300).toBe(true)
      }),
    )
  })

  it('never throw on any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        expect(() => parseProviderError(body)).not.toThrow()
      }),
    )
  })
})
