/** What is being written, kept while other views are open. */
import { createStore } from 'zustand/vanilla'
import type { ChatContent, ImagePart } from '../../../shared/chat.ts'
import { imageLimits, type ImageProblem, type TakenImage } from './images/take-image.ts'

export interface Draft {
  text: string
  images: readonly ImagePart[]
  problems: readonly ImageProblem[]
  setText: (text: string) => void
  /** Takes images as far as there is room, and keeps why the others were not taken. */
  add: (files: readonly { file: Blob; name: string }[]) => Promise<void>
  remove: (image: ImagePart) => void
  putAside: (problem: ImageProblem) => void
  /** A smaller copy in the place of an image that was too large; null where none could be made. */
  takeCopy: (problem: ImageProblem, copy: Blob | null) => Promise<void>
  clear: () => void
  /** Clears it, also of images that are still being read. */
  forget: () => void
  /** Back into the field, to be changed. */
  take: (content: ChatContent) => void
}

export function createDraft(takeImage: (file: Blob, name: string) => Promise<TakenImage>) {
  let forgotten = 0
  return createStore<Draft>((set, get) => ({
    text: '',
    images: [],
    problems: [],
    setText: (text) => set({ text }),
    add: async (files) => {
      const before = forgotten
      set({ problems: [] })
      for (const { file, name } of files) {
        const taken: TakenImage =
          get().images.length < imageLimits.count
            ? await takeImage(file, name)
            : { ok: false, problem: { kind: 'count', name } }
        if (forgotten !== before) return
        set(({ images, problems }) =>
          taken.ok ? { images: [...images, taken.image] } : { problems: [...problems, taken.problem] },
        )
      }
    },
    remove: (image) => set(({ images }) => ({ images: images.filter((other) => other !== image), problems: [] })),
    putAside: (problem) => set(({ problems }) => ({ problems: problems.filter((other) => other !== problem) })),
    takeCopy: async (problem, copy) => {
      // It was put aside, or the message was sent, while the copy was made.
      if (!get().problems.includes(problem)) return
      const { name } = problem
      const others = get().problems.filter((other) => other !== problem)
      if (copy) await get().add([{ file: copy, name }])
      else set({ problems: [{ kind: 'no-copy', name }] })
      set(({ problems }) => ({ problems: [...others, ...problems] }))
    },
    clear: () => set({ text: '', images: [], problems: [] }),
    forget: () => {
      forgotten += 1
      get().clear()
    },
    take: (content) => set({ text: textOf(content), images: imagesOf(content), problems: [] }),
  }))
}

/** Plain text where there is nothing else, as most providers know only that. */
export function contentOf(text: string, images: readonly ImagePart[]): ChatContent {
  if (images.length === 0) return text
  return text.trim() === '' ? [...images] : [...images, { type: 'text', text }]
}

export const textOf = (content: ChatContent): string =>
  typeof content === 'string'
    ? content
    : content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n')

export const imagesOf = (content: ChatContent): ImagePart[] =>
  typeof content === 'string' ? [] : content.filter((part) => part.type === 'image')
