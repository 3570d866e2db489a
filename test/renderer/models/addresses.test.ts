import { describe, expect, it } from 'vitest'
import { ModelId } from '../../../shared/identity.ts'
import { addKeysTo, addressed, editKeyOf } from '../../../renderer/features/models/addresses.ts'
import { aKey, aModel } from '../support/views.ts'

const first = aModel({ id: ModelId.parse('first'), keys: [aKey('of-first')] })
const second = aModel({ id: ModelId.parse('second'), keys: [aKey('of-second')] })
const models = [first, second]

describe('the address of a model, or of a form for it', () => {
  it('shows the model that it names, else the one that was chosen, else the first', () => {
    expect(addressed('second', models, null)).toEqual({ current: second, addsTo: undefined, keyView: undefined })
    expect(addressed('', models, 'second').current).toBe(second)
    expect(addressed('gone', models, null).current).toBe(first)
    expect(addressed('', [], null).current).toBeUndefined()
  })

  it('opens the form for new keys of its model, and that of its key', () => {
    expect(addressed(`${addKeysTo}second`, models, 'first')).toMatchObject({ current: second, addsTo: second })
    expect(addressed(`${editKeyOf}of-second`, models, 'first')).toMatchObject({
      current: second,
      keyView: { id: 'of-second' },
    })
  })

  it('opens no form for another model when its own has gone', () => {
    expect(addressed(`${addKeysTo}gone`, models, 'second')).toEqual({
      current: second,
      addsTo: undefined,
      keyView: undefined,
    })
    expect(addressed(`${editKeyOf}gone`, models, null)).toMatchObject({ current: first, keyView: undefined })
  })
})
