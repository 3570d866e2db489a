import { describe, expect, it } from 'vitest'
import {
  asksForSomething,
  everyRequest,
  requestFilter,
  resultChoices,
} from '../../../renderer/features/activity/activity-filter.ts'
import { noFilter, RequestFilter, resultFilters } from '../../../shared/activity.ts'
import type { ModelId } from '../../../shared/identity.ts'

describe('the filter of the activity', () => {
  it('asks for everything until something is chosen', () => {
    expect(requestFilter(everyRequest, null)).toEqual(noFilter)
    expect(asksForSomething(everyRequest)).toBe(false)
  })

  it('takes the model from the top bar', () => {
    const modelId = 'm' as ModelId
    expect(requestFilter(everyRequest, modelId)).toMatchObject({ modelId, fromMs: null, toMs: null })
  })

  it('asks for words without the blanks around them, and no more than main takes', () => {
    expect(requestFilter({ ...everyRequest, text: '  401 ' }, null).text).toBe('401')
    const long = requestFilter({ ...everyRequest, text: 'x'.repeat(1_000) }, null)
    expect(RequestFilter.safeParse(long).success).toBe(true)
    expect(asksForSomething({ ...everyRequest, text: '   ' })).toBe(false)
    expect(asksForSomething({ ...everyRequest, text: '401' })).toBe(true)
  })

  it('offers each result that the journal can be asked for', () => {
    expect([...resultChoices]).toEqual([...resultFilters])
  })
})
