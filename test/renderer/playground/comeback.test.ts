import { describe, expect, it } from 'vitest'
import { createComeback } from '../../../renderer/features/playground/comeback.ts'
import type { ConversationId } from '../../../shared/conversation.ts'
import { aPlayground } from './a-playground.ts'

const first = '0b0e7a52-6c0f-4a8e-9d4b-3a1f0c9d2e11' as ConversationId
const second = '6f4c7d1e-93a0-4f0b-8c55-2d7f1b9a0c22' as ConversationId

/** A window, whose page may be loaded anew. */
function aWindow() {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  }
  const load = () => {
    const page = aPlayground()
    const comeback = createComeback({ store: page.store, storage })
    const opened: ConversationId[] = []
    const comeBack = (isThere = true) => comeback.comeBack((id) => Promise.resolve(opened.push(id) > 0 && isThere))
    const say = (id: ConversationId) => {
      page.store.setState({ conversation: { id, title: '' } })
      page.state().send('hello')
    }
    return { ...page, comeback, opened, comeBack, say }
  }
  return { kept, load }
}

describe('a window whose page is loaded again', () => {
  it('comes back to the conversation that was said something in', async () => {
    const { load } = aWindow()
    load().say(first)
    const next = load()
    await next.comeBack()
    expect(next.opened).toEqual([first])
  })

  it('has none to come back to before anything was said, or after a new one was begun', async () => {
    const { load } = aWindow()
    const before = load()
    before.state().setSystem('Be brief.')
    await before.comeBack()
    before.say(first)
    before.state().startOver()
    const next = load()
    await next.comeBack()
    expect([before.opened, next.opened]).toEqual([[], []])
  })

  it('comes back to the one that was said something in last', async () => {
    const { load } = aWindow()
    const before = load()
    before.say(first)
    before.state().startOver()
    before.say(second)
    const next = load()
    await next.comeBack()
    expect(next.opened).toEqual([second])
  })

  it('comes back after a lock, which forgets what was shown', async () => {
    const { load } = aWindow()
    const page = load()
    page.say(first)
    page.comeback.leaving(() => page.state().startOver())
    await page.comeBack()
    expect(page.opened).toEqual([first])
  })

  it('goes over nothing that was begun meanwhile', async () => {
    const { load } = aWindow()
    load().say(first)
    const next = load()
    next.say(second)
    await next.comeBack()
    expect(next.opened).toEqual([])
  })

  it('asks no second time for one that is gone, and takes nothing else for an id', async () => {
    const { load, kept } = aWindow()
    load().say(first)
    const next = load()
    await next.comeBack(false)
    await next.comeBack()
    expect(next.opened).toEqual([first])
    kept.set('keywheel.conversation', '../../vault')
    await next.comeBack()
    expect(next.opened).toEqual([first])
  })
})
