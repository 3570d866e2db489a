import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hrefOf, parseRoute, viewNames } from '../../../renderer/app/route.ts'
import { installTrustedTypesPolicy, styleTextOnly } from '../../../renderer/app/trusted-types.ts'

describe('the address of a view', () => {
  it.each(['', '#', '#/', '#/nowhere', '#code=abc', '#/__proto__'])('%j opens the dashboard', (hash) => {
    expect(parseRoute(hash)).toEqual({ view: 'dashboard', id: '' })
  })

  it('names the view and what is open in it', () => {
    expect(parseRoute('#/models/abc')).toEqual({ view: 'models', id: 'abc' })
    expect(parseRoute('#/settings')).toEqual({ view: 'settings', id: '' })
  })

  it('names no id when the address was typed badly', () => {
    expect(parseRoute('#/models/%E0%A4%A')).toEqual({ view: 'models', id: '' })
  })

  it('leads back to where it was made', () => {
    fc.assert(
      fc.property(fc.constantFrom(...viewNames), fc.string({ unit: 'grapheme', maxLength: 64 }), (view, id) => {
        expect(parseRoute(hrefOf(view, id))).toEqual({ view, id })
      }),
    )
  })
})

describe('the policy for strings that become markup', () => {
  it('lets a style sheet through and refuses everything with a tag', () => {
    expect(styleTextOnly(':root { --a: 1px }')).toBe(':root { --a: 1px }')
    expect(() => styleTextOnly('<img onerror=x>')).toThrow(TypeError)
  })

  it('is the only one, called default, and makes neither scripts nor script addresses', () => {
    const made: unknown[] = []
    installTrustedTypesPolicy({
      trustedTypes: { createPolicy: (name, rules) => made.push([name, Object.keys(rules)]) },
    })
    expect(made).toEqual([['default', ['createHTML']]])
  })

  it('asks nothing of a browser that has no Trusted Types', () => {
    expect(() => installTrustedTypesPolicy({})).not.toThrow()
  })
})
