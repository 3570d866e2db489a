import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  added,
  ancestorsOf,
  childrenOf,
  chosen,
  pathOf,
  replaced,
  versionsOf,
  type MessageTree,
} from '../../shared/message-tree.ts'

interface Message {
  id: string
  parentId: string | null
  text: string
}

const empty: MessageTree<Message> = { messages: [], chosen: {} }
const message = (id: string, parentId: string | null = null, text = id): Message => ({ id, parentId, text })
const grown = (...messages: Message[]) => messages.reduce(added, empty)
const shown = (tree: MessageTree<Message>) => pathOf(tree).map(({ id }) => id)

describe('a tree of messages', () => {
  it('shows one path, from the first question on', () => {
    expect(shown(empty)).toEqual([])
    expect(shown(grown(message('q1'), message('a1', 'q1'), message('q2', 'a1')))).toEqual(['q1', 'a1', 'q2'])
  })

  it('shows the newest branch, and keeps the one before beside it', () => {
    const tree = grown(message('q1'), message('a1', 'q1'), message('q2'), message('a2', 'q2'))
    expect(shown(tree)).toEqual(['q2', 'a2'])
    expect(versionsOf(tree, message('q2'))).toEqual({ ids: ['q1', 'q2'], index: 1 })
    expect(shown(chosen(tree, 'q1'))).toEqual(['q1', 'a1'])
  })

  it('comes back to a branch as it was left', () => {
    const tree = grown(message('q1'), message('a1', 'q1'), message('a2', 'q1'), message('q2'))
    const left = chosen(chosen(tree, 'q1'), 'a1')
    expect(shown(chosen(chosen(left, 'q2'), 'q1'))).toEqual(['q1', 'a1'])
  })

  it('goes on with the newest where the one that was chosen is not there', () => {
    expect(shown({ messages: [message('q1'), message('q2')], chosen: { '': 'gone' } })).toEqual(['q2'])
  })

  it('ends, also where a file made by hand has a message under itself', () => {
    const loop = [message('a', 'b'), message('b', 'a')]
    expect(shown({ messages: loop, chosen: {} })).toEqual([])
    expect(shown({ messages: [message('q'), message('q', 'q')], chosen: {} }).length).toBeLessThan(3)
    expect(ancestorsOf({ messages: loop, chosen: {} }, 'a').map(({ id }) => id)).toEqual(['a', 'b'])
  })
})

const step = fc.record({
  kind: fc.constantFrom('ask', 'retry', 'switch', 'edit'),
  at: fc.nat(1_000),
  text: fc.string(),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** What a person may do to a conversation, at any message of it. */
function taken(tree: MessageTree<Message>, step: Step, id: string): MessageTree<Message> {
  const at = tree.messages[step.at % Math.max(1, tree.messages.length)]
  if (!at) return added(tree, message(id))
  if (step.kind === 'ask') return added(tree, message(id, at.id))
  if (step.kind === 'retry') return added(tree, message(id, at.parentId))
  if (step.kind === 'switch') return chosen(tree, at.id)
  return replaced(tree, at.id, (before) => ({ ...before, text: step.text }))
}

describe('whatever a person does to a tree of messages', () => {
  const anyTree = fc
    .array(step, { maxLength: 60 })
    .map((steps) => steps.reduce((tree, step, index) => taken(tree, step, `m${index}`), empty))

  it('no message is ever lost, and none is in it twice', () => {
    fc.assert(
      fc.property(anyTree, fc.array(step, { maxLength: 30 }), (tree, steps) => {
        const after = steps.reduce((tree, step, index) => taken(tree, step, `n${index}`), tree)
        const ids = after.messages.map(({ id }) => id)
        expect(ids).toEqual([...new Set(ids)])
        expect(ids.slice(0, tree.messages.length)).toEqual(tree.messages.map(({ id }) => id))
      }),
    )
  })

  it('every message can be brought onto the path', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        for (const { id } of tree.messages) {
          const way = [...ancestorsOf(tree, id).map((ancestor) => ancestor.id), id]
          expect(shown(way.reduce((at, step) => chosen(at, step), tree)).slice(0, way.length)).toEqual(way)
        }
      }),
    )
  })

  it('the path is a line: each message is the child of the one before it, and the last has none', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const path = pathOf(tree)
        expect(path.map(({ parentId }) => parentId)).toEqual([null, ...shown(tree)].slice(0, path.length))
        expect(childrenOf(tree, path.at(-1)?.id ?? 'none')).toEqual([])
      }),
    )
  })
})
