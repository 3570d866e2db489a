import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createConversations } from '../../electron/conversations/conversations.ts'
import { createMemoryShelf } from '../../electron/conversations/shelf.ts'
import type { ImagePart } from '../../shared/chat.ts'
import { maxImageBytes } from '../../shared/chat-limits.ts'
import { Conversation, ConversationChange, type MessageNode } from '../../shared/conversation.ts'
import { withImagesApart, withImagesInPlace } from '../../shared/kept-images.ts'
import { anOpenApp } from '../support/open-app.ts'
import { aConversation, aPane, aQuestion } from './a-conversation.ts'

const anImage = (base64: string): ImagePart => ({
  type: 'image',
  dataUrl: `data:image/png;base64,${base64}`,
  name: 'cat.png',
  width: 10,
  height: 10,
  bytes: 10,
})

const aboutImages = (id: string, ...images: ImagePart[]): MessageNode => ({
  ...(aQuestion(id, '') as MessageNode & { kind: 'question' }),
  content: [...images, { type: 'text', text: 'What is it?' }],
})

const panesWith = (count: number, ...messages: MessageNode[]) =>
  Array.from({ length: count }, (_, index) => ({ ...aPane(...messages), id: `pane-${index}` }))

describe('an image of a conversation', () => {
  it('is kept once, so that the largest one fits in four panes, and is in each of them again', async () => {
    const { client } = await anOpenApp()
    const largest = anImage('A'.repeat(Math.floor((maxImageBytes * 4) / 3)))
    const asked = aConversation({ panes: panesWith(4, aboutImages('q', largest)) })
    await client.conversations.save(withImagesApart(asked))
    const kept = await client.conversations.get({ id: asked.id })
    expect(kept.images).toHaveLength(1)
    expect(withImagesInPlace(kept).panes).toEqual(asked.panes)
  })

  it('stays with its message when others come to it', async () => {
    const { client } = await anOpenApp()
    const [cat, dog] = [anImage('AAAA'), anImage('BBBB')]
    const asked = aConversation({ panes: [aPane(aboutImages('q1', cat))] })
    await client.conversations.save(withImagesApart(asked))
    const more = { ...asked, revision: 1, panes: [aPane(aboutImages('q2', dog, cat))] }
    await client.conversations.save(withImagesApart(more))
    const { panes } = withImagesInPlace(await client.conversations.get({ id: asked.id }))
    expect(panes[0]!.messages).toEqual([aboutImages('q1', cat), aboutImages('q2', dog, cat)])
  })

  it('is found in files that hold it in the message itself', async () => {
    const old = JSON.parse(
      readFileSync(join(import.meta.dirname, 'fixtures/images-in-messages.json'), 'utf8'),
    ) as unknown
    const shelf = createMemoryShelf()
    const { id } = old as Conversation
    await shelf.keep(id, old)
    const conversations = createConversations({
      shelf: () => Promise.resolve(shelf),
      inTurn: (task) => task(),
      wallMs: () => 1_785_000_100_000,
      onChange: () => undefined,
    })
    expect(await conversations.get(id)).toEqual(old)
    await conversations.rename(id, 'Renamed')
    expect(await conversations.get(id)).toEqual({ ...(old as Conversation), title: 'Renamed' })
  })

  it('is refused where it is named and not there', () => {
    const asked = aConversation({ panes: [aPane(aboutImages('q', { ...anImage(''), dataUrl: 'image:1' }))] })
    const one = [anImage('AAAA').dataUrl]
    expect(ConversationChange.safeParse({ ...asked, images: one }).success).toBe(false)
    expect(ConversationChange.safeParse({ ...asked, images: [...one, ...one] }).success).toBe(true)
    expect(ConversationChange.safeParse(asked).success).toBe(false)
  })

  it('comes back as it was, wherever it stands and however often', () => {
    const image = fc.constantFrom('AAAA', 'BBBB', 'CCCC').map(anImage)
    const questions = fc.array(fc.array(image, { maxLength: 4 }), { maxLength: 5 })
    fc.assert(
      fc.property(questions, fc.integer({ min: 1, max: 4 }), (asked, count) => {
        const messages = asked.map((images, index) => aboutImages(`q${index}`, ...images))
        const conversation = aConversation({ panes: panesWith(count, ...messages) })
        const apart = withImagesApart(conversation)
        expect(apart.images ?? []).toHaveLength(new Set(asked.flat().map(({ dataUrl }) => dataUrl)).size)
        expect(withImagesInPlace(ConversationChange.parse(apart))).toEqual(conversation)
      }),
    )
  })
})
