import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prettyJson } from '../../../renderer/features/playground/pretty-json.ts'

describe('the arguments of a tool call', () => {
  it('are laid out a value a line', () => {
    expect(prettyJson('{"city":"Paris","days":[1,2],"none":{},"no":[]}')).toBe(
      '{\n  "city": "Paris",\n  "days": [\n    1,\n    2\n  ],\n  "none": {},\n  "no": []\n}',
    )
  })

  it('keep every number and string as it was written', () => {
    expect(prettyJson('{"id":12345678901234567890,"x":1.0,"s":"a\\u0041: {,"}')).toBe(
      '{\n  "id": 12345678901234567890,\n  "x": 1.0,\n  "s": "a\\u0041: {,"\n}',
    )
  })

  it('are what JSON itself would write, where it can', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2))
      }),
    )
  })

  it.each(['', '{"city": "Par', 'not JSON', '{a: 1}'])('are no JSON when they are %j', (text) => {
    expect(prettyJson(text)).toBeNull()
  })
})
