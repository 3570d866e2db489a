// An image that several panes or branches ask about is kept, and sent to the page, once for the whole conversation.
import type { MessageNode, Pane } from './conversation.ts'

interface WithImages {
  panes: Pane[]
  /** What the messages name by its place. */
  images?: string[]
}

const reference = /^image:(\d+)$/

/** The place of an image among those of its conversation; null for one that stands there itself. */
export function placeOf(dataUrl: string): number | null {
  const found = reference.exec(dataUrl)
  return found ? Number(found[1]) : null
}

/** Messages name their images, which stand beside them. */
export function withImagesApart<T extends WithImages>(conversation: T): T {
  const places = new Map<string, number>()
  const panes = withDataUrls(conversation.panes, (dataUrl) => {
    const place = places.get(dataUrl) ?? places.size
    places.set(dataUrl, place)
    return `image:${place}`
  })
  return places.size === 0 ? conversation : { ...conversation, panes, images: [...places.keys()] }
}

/** Every message has its images again. */
export function withImagesInPlace<T extends WithImages>({ images, ...conversation }: T): Omit<T, 'images'> {
  const panes = withDataUrls(conversation.panes, (dataUrl) => images?.[placeOf(dataUrl) ?? -1] ?? dataUrl)
  return { ...conversation, panes }
}

const withDataUrls = (panes: Pane[], change: (dataUrl: string) => string): Pane[] =>
  panes.map((pane) => ({ ...pane, messages: pane.messages.map((message) => withDataUrl(message, change)) }))

function withDataUrl(message: MessageNode, change: (dataUrl: string) => string): MessageNode {
  if (message.kind !== 'question' || typeof message.content === 'string') return message
  const content = message.content.map((part) =>
    part.type === 'image' ? { ...part, dataUrl: change(part.dataUrl) } : part,
  )
  return { ...message, content }
}

/** Whether every image that is named is there. */
export const hasItsImages = ({ panes, images }: WithImages): boolean =>
  panes.every(({ messages }) =>
    messages.every(
      (message) =>
        message.kind !== 'question' ||
        typeof message.content === 'string' ||
        message.content.every((part) => part.type !== 'image' || (placeOf(part.dataUrl) ?? -1) < (images?.length ?? 0)),
    ),
  )
