import { expect, it } from 'vitest'
import { procedureFailure } from '../../../renderer/app/failure-message.ts'
import { fittingSave } from '../../../renderer/features/playground/fitting-save.ts'
import { maxRequestBytes } from '../../../shared/chat-limits.ts'
import type { ConversationChange } from '../../../shared/conversation.ts'

const change = (system: string) => ({ system, panes: [] }) as unknown as ConversationChange

it('hands on what one message holds, and says of what is larger that the conversation is full', async () => {
  const sent: ConversationChange[] = []
  const save = fittingSave((one) => Promise.resolve({ revision: sent.push(one) }))
  await expect(save(change('x'.repeat(maxRequestBytes - 100)))).resolves.toEqual({ revision: 1 })
  const refused = await save(change('猫'.repeat(maxRequestBytes / 3))).catch(procedureFailure)
  expect(refused).toEqual({ code: 'CONVERSATION_FULL', data: { mebibytes: 10 } })
  expect(sent).toHaveLength(1)
})

it('sends an image once, in however many panes it was asked about', async () => {
  const sent: ConversationChange[] = []
  const save = fittingSave((one) => Promise.resolve({ revision: sent.push(one) }))
  const image = { type: 'image' as const, dataUrl: 'x'.repeat(maxRequestBytes * 0.7), name: 'cat.png' }
  const panes = Array.from({ length: 4 }, () => ({ messages: [{ kind: 'question', content: [image] }] }))
  await expect(save({ panes } as unknown as ConversationChange)).resolves.toEqual({ revision: 1 })
  expect(sent[0]?.images).toEqual([image.dataUrl])
})
