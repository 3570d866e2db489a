import type { ChatContent } from '../../../shared/chat.ts'
import { plainChunks } from '../../ui/markdown/code-chunks.ts'
import { imagesOf, textOf } from './draft.ts'
import { ImageStrip } from './images/image-strip.tsx'

/** What a person asked, as it was written; a very long one is laid out piece by piece. */
export function QuestionContent({ content }: { content: ChatContent }) {
  return (
    <>
      <ImageStrip images={imagesOf(content)} />
      {plainChunks(textOf(content)).map((chunk, index) => (
        <div key={index}>{chunk}</div>
      ))}
    </>
  )
}
