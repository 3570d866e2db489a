import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKeeper } from '../../../renderer/features/playground/keeper.ts'
import { paneOf, turnsOf } from '../../../renderer/features/playground/pane.ts'
import type { Conversation, ConversationChange } from '../../../shared/conversation.ts'
import { modelA } from '../live-events.ts'
import { aPlayground } from './a-playground.ts'

const conflict = new Error('changed')

/** A keeper over a main that merges as the real one does. */
function aKeeper(playground = aPlayground()) {
  const kept = new Map<string, Conversation>()
  const changes: ConversationChange[] = []
  const timers: (() => void)[] = []
  const told = { copies: 0, problem: null as unknown, refuse: null as Error | null }
  let ids = 0
  const save = (change: ConversationChange) => {
    if (told.refuse) return Promise.reject(told.refuse)
    const before = kept.get(change.id)
    if ((before?.revision ?? 0) !== change.revision) return Promise.reject(conflict)
    const revision = change.revision + 1
    const panes = change.panes.map((pane) => {
      const old = before?.panes.find(({ id }) => id === pane.id)?.messages ?? []
      return { ...pane, messages: [...new Map([...old, ...pane.messages].map((one) => [one.id, one])).values()] }
    })
    kept.set(change.id, { ...change, revision, panes, createdAtMs: 0, updatedAtMs: 0 })
    changes.push(change)
    return Promise.resolve({ revision })
  }
  const keeper = createKeeper({
    store: playground.store,
    save,
    isConflict: (error) => error === conflict,
    schedule: (_delayMs, task) => void timers.push(task),
    newId: () => `copy-${(ids += 1)}`,
    onCopy: () => (told.copies += 1),
    onProblem: (problem) => (told.problem = problem),
  })
  const tick = async () => {
    for (const timer of timers.splice(0)) timer()
    await keeper.flush()
  }
  const current = () => kept.get(playground.state().conversation.id)
  const texts = (conversation: Conversation | undefined) =>
    turnsOf(paneOf(conversation!.panes[0]!)).map(({ question, reply }) => [question.content, reply?.answer.text])
  return { ...playground, keeper, kept, changes, told, tick, timers, current, texts }
}

describe('what is said', () => {
  it('is saved a moment later, under the first words of the first question', async () => {
    const { state, answer, tick, current, texts } = aKeeper()
    state().send('  What is\n a cat? ')
    await answer(0, 'An animal.')
    await tick()
    expect(current()).toMatchObject({ title: 'What is a cat?', revision: 1 })
    expect(texts(current())).toEqual([['  What is\n a cat? ', 'An animal.']])
  })

  it('is saved once for all that happens in that moment, and only what changed is sent again', async () => {
    const { state, answer, tick, changes, timers } = aKeeper()
    state().send('one')
    await answer(0, 'first')
    expect(timers).toHaveLength(1)
    await tick()
    state().send('two')
    await answer(1, 'second')
    await tick()
    expect(changes.map(({ panes }) => panes[0]?.messages.length)).toEqual([2, 2])
  })

  it('is saved at once when an answer is whole, because a lock may come from anywhere', async () => {
    const { state, answer, current, texts, timers } = aKeeper()
    state().send('one')
    await answer(0, 'first')
    expect(timers).toHaveLength(1)
    expect(texts(current())).toEqual([['one', 'first']])
  })

  it('is not saved by what a lock itself ends', async () => {
    const { state, call, draw, keeper, changes, told } = aKeeper()
    state().send('one')
    await draw()
    call(0).stream.push({ kind: 'text', text: 'half' })
    await draw()
    told.refuse = new Error('locked')
    state().stop()
    keeper.forget()
    await draw()
    expect([changes, told.problem]).toEqual([[], null])
  })

  it('is kept as far as it had come while it streams, and whole afterwards', async () => {
    const { state, call, draw, answer, tick, current, texts } = aKeeper()
    state().send('one')
    await draw()
    call(0).stream.push({ kind: 'text', text: 'half ' })
    await draw()
    await tick()
    expect(texts(current())).toEqual([['one', 'half ']])
    expect(current()?.panes[0]?.messages[1]).toMatchObject({ answer: { status: 'stopped' } })
    await answer(0, 'whole')
    await tick()
    expect(texts(current())).toEqual([['one', 'half whole']])
    expect(current()?.panes[0]?.messages[1]).toMatchObject({ answer: { status: 'done' } })
  })

  it('is saved before another conversation is shown', async () => {
    const { state, answer, keeper, kept, texts } = aKeeper()
    state().send('one')
    await answer(0, 'first')
    state().startOver()
    await keeper.flush()
    expect([...kept.values()].map(texts)).toEqual([[['one', 'first']]])
  })

  it('comes back as it was', async () => {
    const { state, answer, tick, current, keeper, turns } = aKeeper()
    state().setSystem('Be kind.')
    state().send('one')
    await answer(0, 'first')
    state().edit(turns()[0]!.question.id, 'uno')
    await answer(1, 'primero')
    await tick()
    const [conversation, panes] = [current()!, state().panes]
    state().startOver()
    state().resetSettings()
    keeper.open(conversation)
    expect(state().panes).toEqual(panes)
    expect(state().system).toBe('Be kind.')
  })

  it('is not saved while there is nothing of it, nor when it was only looked at', async () => {
    const { state, pane, answer, tick, current, keeper, changes } = aKeeper()
    state().setSystem('Be kind.')
    state().aim(pane().id, { modelId: modelA, keyId: null })
    await tick()
    expect(changes).toHaveLength(0)
    state().send('one')
    await answer(0, 'first')
    await tick()
    const conversation = current()!
    state().startOver()
    keeper.open(conversation)
    await tick()
    expect(changes).toHaveLength(1)
  })
})

describe('when another page has saved the conversation in between', () => {
  it('what is here goes on as a copy, and nothing of either is lost', async () => {
    const { state, answer, tick, kept, current, told, texts } = aKeeper()
    state().send('one')
    await answer(0, 'first')
    await tick()
    const original = current()!
    kept.set(original.id, { ...original, revision: 2 })
    state().send('two')
    await answer(1, 'second')
    await tick()
    expect(told.copies).toBe(1)
    expect(current()?.id).not.toBe(original.id)
    expect(texts(current())).toEqual([
      ['one', 'first'],
      ['two', 'second'],
    ])
    expect(kept.get(original.id)?.revision).toBe(2)
    state().send('three')
    await answer(2, 'third')
    await tick()
    expect(told.copies).toBe(1)
    expect(texts(current())).toHaveLength(3)
  })
})

describe('when main cannot save it', () => {
  it('says so, and saves all of it once it can', async () => {
    const { state, answer, tick, current, told, texts } = aKeeper()
    told.refuse = new Error('full')
    state().send('one')
    await answer(0, 'first')
    await tick()
    expect(told.problem).toBe(told.refuse)
    told.refuse = null
    await tick()
    expect(told.problem).toBeNull()
    expect(texts(current())).toEqual([['one', 'first']])
  })
})

describe('a conversation that is deleted', () => {
  it('is left without being saved again', async () => {
    const { state, answer, tick, keeper, changes } = aKeeper()
    state().send('one')
    await answer(0, 'first')
    const { id } = state().conversation
    state().setSystem('Be brief.')
    await keeper.leave(id)
    await tick()
    expect(state().conversation.id).not.toBe(id)
    expect(changes.map(({ system }) => system)).toEqual([''])
  })
})

describe('whatever a person does', () => {
  const step = fc.constantFrom('ask', 'retry', 'edit', 'switch', 'save')

  it('main has every message of the page after the last save', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const page = aKeeper()
        let calls = 0
        for (const [at, what] of steps.entries()) {
          const turn = page.turns()[at % Math.max(1, page.turns().length)]
          if (what === 'save') await page.tick()
          else if (what === 'ask' || !turn) page.state().send(`question ${at}`)
          else if (what === 'retry') page.state().retry(page.pane().id, turn.question.id)
          else if (what === 'edit') page.state().edit(turn.question.id, `edited ${at}`)
          else page.state().choose(page.pane().id, page.pane().messages[at % page.pane().messages.length]!.id)
          while (calls < page.calls.length) await page.answer(calls++, `answer ${at}`)
        }
        await page.tick()
        const kept = page.current()?.panes.map(paneOf) ?? []
        expect(kept.flatMap(({ messages }) => messages)).toEqual(page.state().panes.flatMap(({ messages }) => messages))
      }),
      { numRuns: 25 },
    )
  })
})
