import type { Conversation, ConversationChange, Pane } from '../../shared/conversation.ts'

/** What is kept with what a page changed since. A message is never dropped by a change: one that is not named stays. */
export function merged(before: Conversation | undefined, change: ConversationChange, atMs: number): Conversation {
  const { id, system, parameters, panes } = change
  return {
    id,
    revision: (before?.revision ?? 0) + 1,
    title: before?.title ?? change.title,
    createdAtMs: before?.createdAtMs ?? atMs,
    updatedAtMs: atMs,
    system,
    parameters,
    panes: panes.map((pane) =>
      mergedPane(
        before?.panes.find((kept) => kept.id === pane.id),
        pane,
      ),
    ),
  }
}

function mergedPane(before: Pane | undefined, change: Pane): Pane {
  const messages = new Map([...(before?.messages ?? []), ...change.messages].map((message) => [message.id, message]))
  return { ...change, messages: [...messages.values()] }
}
