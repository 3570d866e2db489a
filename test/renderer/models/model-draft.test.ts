import { beforeEach, describe, expect, it } from 'vitest'
import { ModelId } from '../../../shared/identity.ts'
import { strategies as contractStrategies } from '../../../shared/model.ts'
import {
  changesOf,
  draftOf,
  draftWith,
  emptyDraft,
  newModelOf,
  strategies,
  undoOfEdit,
  useModelDrafts,
} from '../../../renderer/features/models/model-draft.ts'
import { matchesFilter } from '../../../renderer/features/models/model-search.ts'
import { placeOf } from '../../../renderer/features/models/providers.ts'
import { aKey, aModel } from '../support/views.ts'

const model = aModel({ provider: 'openai', temperature: 1 })

describe("a model's form", () => {
  it('changes nothing when nothing was typed', () => {
    expect(changesOf(draftOf(model), model)).toEqual({})
  })

  it('sends only the fields that differ', () => {
    expect(changesOf({ ...draftOf(model), apiBase: 'https://api.deepseek.com/v1' }, model)).toEqual({
      apiBase: 'https://api.deepseek.com/v1',
    })
  })

  it('sends a list of other names or stand-ins only when it is another one', () => {
    const [b, c] = [ModelId.parse('b'), ModelId.parse('c')]
    const called = aModel({ aliases: ['best'], fallbacks: [b, c] })
    expect(changesOf(draftOf(called), called)).toEqual({})
    expect(changesOf({ ...draftOf(called), aliases: ['best', 'fast'] }, called)).toEqual({ aliases: ['best', 'fast'] })
    expect(changesOf({ ...draftOf(called), aliases: [] }, called)).toEqual({ aliases: [] })
    expect(changesOf({ ...draftOf(called), fallbacks: [c, b] }, called)).toEqual({ fallbacks: [c, b] })
  })

  it('takes an emptied provider and temperature as none', () => {
    expect(changesOf({ ...draftOf(model), provider: '  ', temperature: '' }, model)).toEqual({
      provider: null,
      temperature: null,
    })
  })

  it('keeps a temperature of zero apart from none', () => {
    expect(newModelOf({ ...emptyDraft, temperature: 0 }).temperature).toBe(0)
    expect(newModelOf({ ...emptyDraft, temperature: '0.5' }).temperature).toBe(0.5)
    expect(newModelOf(emptyDraft).temperature).toBeNull()
  })

  it('is taken back by what each changed field was, and by nothing else', () => {
    const edit = { ...draftOf(model), name: 'renamed', temperature: '', maxWait: '5' }
    expect(undoOfEdit(changesOf(edit, model), model)).toEqual({ name: model.name, temperature: 1, maxWaitMs: null })
  })

  it('offers every strategy of the contract', () => {
    expect(strategies).toEqual(contractStrategies)
  })
})

describe('an edit that is not saved', () => {
  const { type, settle, drop } = useModelDrafts.getState()
  const typed = () => useModelDrafts.getState().drafts.get(model.id)

  beforeEach(() => drop(model.id))

  it('holds what was typed, and takes nothing back that was changed elsewhere meanwhile', () => {
    type(model, { temperature: '0.5' })
    const now = { ...model, strategy: 'weighted' as const, aliases: ['best'] }
    expect(changesOf(draftWith(now, typed()), now)).toEqual({ temperature: 0.5 })
  })

  it('is none any more once everything is as the model has it', () => {
    type(model, { name: 'gpt-4o-m', aliases: ['best'] })
    type(model, { name: model.name })
    expect(typed()).toEqual({ aliases: ['best'] })
    type(model, { aliases: [] })
    expect(typed()).toBeUndefined()
  })

  it('leaves a number alone that is being typed', () => {
    const warm = aModel({ temperature: 0 })
    type(warm, { temperature: '0.' })
    expect(draftWith(warm, typed()).temperature).toBe('0.')
  })

  it('keeps what is typed while it is saved', () => {
    type(model, { name: 'renamed', provider: 'deepseek' })
    const saved = draftWith(model, typed())
    type(model, { provider: 'deepseek-cn', maxWait: '5' })
    settle(model.id, saved)
    expect(typed()).toEqual({ provider: 'deepseek-cn', maxWait: '5' })
    settle(model.id, draftWith(model, typed()))
    expect(typed()).toBeUndefined()
  })
})

describe('the filter of models and keys', () => {
  const found = aModel({
    name: 'openai/deepseek-ai/DeepSeek-V3',
    apiBase: 'https://api.siliconflow.cn/v1',
    keys: [aKey('k', { label: 'acct-2 · lab', lastFour: '71cc' })],
  })

  it.each(['deepseek', 'SILICON', 'lab', '71cc', 'v3 lab', ''])('finds a model by %j', (filter) => {
    expect(matchesFilter(found, filter)).toBe(true)
  })

  it('leaves out what lacks one of the words', () => {
    expect(matchesFilter(found, 'deepseek zhipu')).toBe(false)
  })
})

describe('the place of a model', () => {
  it('is a name when it is known, else the host', () => {
    expect(placeOf('https://api.openai.com/v1')).toBe('OpenAI')
    expect(placeOf('https://llm.example.org:8443/v1')).toBe('llm.example.org:8443')
  })

  it('does not take a look-alike host for a known one', () => {
    expect(placeOf('https://api.openai.com.example.org/v1')).toBe('api.openai.com.example.org')
  })
})
