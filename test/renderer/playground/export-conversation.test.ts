import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asMarkdown, fileNameOf } from '../../../renderer/features/playground/export-conversation.ts'
import type { Conversation } from '../../../shared/conversation.ts'
import { aConversation, anAnswer, aPane, aQuestion } from '../../conversations/a-conversation.ts'

const words = { you: 'You', reasoning: 'Reasoning', untitled: 'Without a name', language: 'en' }
const kept = (over: Parameters<typeof aConversation>[0] = {}): Conversation => ({
  ...aConversation(over),
  revision: 1,
  createdAtMs: 0,
  updatedAtMs: 0,
})

describe('a conversation as Markdown', () => {
  it('is what is shown of it, in order', () => {
    expect(asMarkdown(kept({ system: 'Be kind.\nAlways.' }), words)).toBe(
      ['# About cats', '> Be kind.\n> Always.', '## You', 'What is a cat?', '## glm-4.7', 'A small animal.'].join(
        '\n\n',
      ) + '\n',
    )
  })

  it('has the branch that is shown, and one pane after the other', () => {
    const branched = {
      ...aPane(aQuestion('q1', 'one'), aQuestion('q2', 'uno'), anAnswer('a2', 'primero', 'q2')),
      chosen: { '': 'q2' },
    }
    const markdown = asMarkdown(kept({ panes: [branched, { ...aPane(aQuestion('q9', 'nine')), id: 'p2' }] }), words)
    expect(markdown).not.toContain('one\n')
    expect(markdown.indexOf('primero')).toBeLessThan(markdown.indexOf('nine'))
  })

  it('names images and calls, in a fence that the text cannot close', () => {
    const image = {
      type: 'image' as const,
      dataUrl: 'data:image/png;base64,AAAA',
      name: 'cat.png',
      width: 1,
      height: 1,
      bytes: 3,
    }
    const question = { ...aQuestion('q', ''), content: [{ type: 'text' as const, text: 'Look' }, image] } as ReturnType<
      typeof aQuestion
    >
    const base = anAnswer('a', '', 'q')
    const call = { index: 0, id: null, name: 'run', argumentsText: '```' }
    const reply = base.kind === 'answer' ? { ...base, answer: { ...base.answer, toolCalls: [call] } } : base
    const markdown = asMarkdown(kept({ panes: [aPane(question, reply)] }), words)
    expect(markdown).toContain('![cat.png]')
    expect(markdown).toContain('````\nrun(```)\n````')
    expect(markdown).not.toContain('base64')
  })
})

describe('the name of an exported file', () => {
  it.each([
    ['What is a/b: "c"?', 'What is a b c'],
    ['..', 'conversation'],
    ['  ', 'conversation'],
    ['猫是什么？', '猫是什么？'],
    ['\u202Egnp.exe', 'gnp.exe'],
  ])('of %j is %j', (title, name) => expect(fileNameOf(title)).toBe(name))

  it('has nothing that a file system refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const name = fileNameOf(title)
        expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}]|^[. ]|[. ]$/u)
        expect(name.length).toBeGreaterThan(0)
      }),
    )
  })
})
