import { describe, expect, it } from 'vitest'
import { heard, newAnswer, stopped } from '../../../renderer/features/playground/answer.ts'
import {
  messagesFor,
  newPane,
  withQuestion,
  withReply,
  type ChatPane,
} from '../../../renderer/features/playground/pane.ts'
import { modelA } from '../live-events.ts'

const place = (id: string, parentId: string | null) => ({ id, parentId, atMs: 0 })
const sentTo = { modelId: modelA, modelName: 'glm-4.7', keyId: null }

function asked(pane: ChatPane, id: string, parentId: string | null, text: string | null): ChatPane {
  const withBoth = withReply(withQuestion(pane, { ...place(`q${id}`, parentId), content: `question ${id}` }), {
    ...place(`a${id}`, `q${id}`),
    ...sentTo,
  })
  const answer = text === null ? stopped(newAnswer) : stopped(heard(newAnswer, { kind: 'text', text }))
  return {
    ...withBoth,
    messages: withBoth.messages.map((message) =>
      message.id === `a${id}` && message.kind === 'answer' ? { ...message, answer } : message,
    ),
  }
}

describe('the messages that a model gets', () => {
  const pane = asked(asked(asked(newPane('p'), '1', null, 'first'), '2', 'a1', null), '3', 'a2', 'part')
  const next = { kind: 'question' as const, ...place('q4', 'a3'), content: 'four' }
  const withNext = withQuestion(pane, next)

  it('are the questions that got an answer, also a stopped one, and the new question last', () => {
    expect(messagesFor(withNext, next, '').map(({ content }) => content)).toEqual([
      'question 1',
      'first',
      'question 3',
      'part',
      'four',
    ])
  })

  it('begin with the system prompt when there is one', () => {
    expect(messagesFor(withNext, next, 'Be brief.')[0]).toEqual({ role: 'system', content: 'Be brief.' })
    expect(messagesFor(withNext, next, '  ')).toHaveLength(5)
  })

  it('are those of the branch of the question, whichever is shown', () => {
    const other = asked(withNext, '5', null, 'elsewhere')
    expect(messagesFor(other, next, '')).toEqual(messagesFor(withNext, next, ''))
  })
})
