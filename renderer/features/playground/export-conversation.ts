import type { Conversation } from '../../../shared/conversation.ts'
import { answerOf } from './answer.ts'
import { paneOf, turnsOf, type ChatPane, type Reply } from './pane.ts'

/** What the file says in the reader's own language. */
export interface ExportWords {
  you: string
  reasoning: string
  untitled: string
  language: string
}

/** The branches that are shown, one pane after the other. The JSON has all of them. */
export function asMarkdown(conversation: Conversation, words: ExportWords): string {
  const { title, system, panes } = conversation
  const parts = [`# ${oneLine(title || words.untitled)}`]
  if (system.trim() !== '') parts.push(quoted(system))
  for (const pane of panes.map(paneOf)) parts.push(...paneParts(pane, panes.length > 1, words))
  return `${parts.join('\n\n')}\n`
}

function paneParts(pane: ChatPane, isOneOfMany: boolean, words: ExportWords): string[] {
  const turns = turnsOf(pane)
  const models = [...new Set(turns.flatMap(({ reply }) => (reply ? [reply.modelName] : [])))]
  return [
    ...(isOneOfMany && models.length > 0 ? [`---\n\n# ${oneLine(models.join(', '))}`] : []),
    ...turns.flatMap(({ question, reply }) => [
      `## ${words.you}`,
      contentText(question.content),
      ...(reply ? replyParts(reply, words) : []),
    ]),
  ]
}

function replyParts({ modelName, answer }: Reply, words: ExportWords): string[] {
  const { text, reasoning, toolCalls, attempts } = answerOf({ ...answer, status: 'done' })
  const key = attempts.at(-1)?.keyLabel
  return [
    `## ${oneLine(key === undefined ? modelName : `${modelName} · ${key}`)}`,
    ...(reasoning === '' ? [] : [quoted(`${words.reasoning}\n\n${reasoning}`)]),
    ...(text === '' ? [] : [text]),
    ...toolCalls.map(({ name, argumentsText }) => fenced(`${name ?? ''}(${argumentsText})`)),
  ]
}

const contentText = (content: string | readonly { type: string; text?: string; name?: string }[]): string =>
  typeof content === 'string'
    ? content
    : content.map((part) => (part.type === 'text' ? part.text : `![${oneLine(part.name ?? '')}]`)).join('\n\n')

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')

/** A fence is longer than any in the text, so that the text cannot close it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}\n${fence}`
}

const maxNameLength = 80

/** A name that every file system takes. */
export function fileNameOf(title: string): string {
  const name = oneLine(title.replaceAll(/[\p{C}<>:"/\\|?*]/gu, ' ')).replaceAll(/^\.+|[. ]+$/g, '')
  return Array.from(name).slice(0, maxNameLength).join('').trim() || 'conversation'
}
