import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { currentRoute, fromHere, navigate } from '../../../renderer/app/router.ts'
import { askBeforeLeaving } from '../../../renderer/ui/unsaved.ts'

beforeEach(() => {
  vi.stubGlobal('window', { location: { hash: '' } })
  navigate('models', 'a')
})
afterEach(() => void vi.unstubAllGlobals())

describe('what leads elsewhere once it is done', () => {
  it('goes there from where it was asked for', () => {
    const goOn = fromHere()
    goOn('playground', 'rehearsal')
    expect(currentRoute()).toEqual({ view: 'playground', id: 'rehearsal' })
  })

  it('calls nobody back who has gone elsewhere meanwhile', () => {
    const goOn = fromHere()
    navigate('activity')
    goOn('playground')
    expect(currentRoute().view).toBe('activity')
  })

  it('takes nobody out of a form that was begun meanwhile, and asks nothing', () => {
    const goOn = fromHere()
    const stop = askBeforeLeaving(() => expect.unreachable('nobody is leaving'))
    goOn('playground')
    expect(currentRoute()).toEqual({ view: 'models', id: 'a' })
    stop()
  })
})
