import { memo, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMarkdown } from './actions.ts'
import { Blocks } from './blocks.tsx'
import { CodeBlock } from './code-block.tsx'
import { plainChunks } from './code-chunks.ts'
import { Formula } from './formula.tsx'
import classes from './markdown.module.css'
import { completed, parseMarkdown } from './parse.ts'
import { segmentGroups } from './segment-groups.ts'
import { createSegmenter, type Segment } from './segments.ts'

interface MarkdownProps {
  text: string
  /** More of it may come: what is open at its end is shown as if it were closed. */
  isStreaming: boolean
}

/** So many groups are there at once; the others follow, one a frame. */
const firstGroups = 3

/**
 * Foreign text as elements, never as markup: nothing in it runs, loads or opens by itself. Text streams in without
 * anything being drawn again that is complete, and a long text is drawn over many frames.
 */
export function Markdown({ text, isStreaming }: MarkdownProps) {
  const { latex } = useMarkdown()
  const segmenter = useMemo(() => createSegmenter({ latex }), [latex])
  const groups = segmentGroups(segmenter.read(text))
  const shown = useShown(groups.length)
  return (
    <div className={classes['markdown']} aria-busy={shown < groups.length}>
      {groups.slice(0, shown).map((segments, index) => (
        // Groups only ever grow at the end, so that a group's place is its identity; so it is with segments.
        <Group key={index} segments={segments} latex={latex} isOpen={isStreaming && index === groups.length - 1} />
      ))}
    </div>
  )
}

function useShown(groups: number): number {
  const [shown, setShown] = useState(firstGroups)
  useEffect(() => {
    if (shown >= groups) return undefined
    const frame = requestAnimationFrame(() => setShown(shown + 1))
    return () => cancelAnimationFrame(frame)
  }, [shown, groups])
  return Math.min(shown, groups)
}

interface GroupProps {
  segments: readonly Segment[]
  latex: boolean
  /** Its last segment still grows. */
  isOpen: boolean
}

const Group = memo(
  function Group({ segments, latex, isOpen }: GroupProps) {
    return (
      <div className={classes['group']}>
        {segments.map((segment, index) => (
          <SegmentView key={index} {...segment} latex={latex} isOpen={isOpen && index === segments.length - 1} />
        ))}
      </div>
    )
  },
  (before, after) =>
    before.isOpen === after.isOpen &&
    before.latex === after.latex &&
    before.segments.length === after.segments.length &&
    before.segments.every((segment, index) => isSame(segment, after.segments[index])),
)

const isSame = (one: Segment, other: Segment | undefined): boolean =>
  one === other ||
  (one.source === other?.source &&
    one.kind === other.kind &&
    one.language === other.language &&
    one.closed === other.closed)

type SegmentViewProps = Segment & Pick<GroupProps, 'latex' | 'isOpen'>

const SegmentView = memo(function SegmentView(props: SegmentViewProps) {
  const { kind, source, language, closed, latex, isOpen } = props
  if (kind === 'code') return <CodeBlock text={source} language={language} closed={closed || !isOpen} />
  if (kind === 'math') return <Formula source={source} isBlock raw={source} />
  const tokens = kind === 'plain' ? null : parseMarkdown(isOpen ? completed(source) : source, latex)
  return tokens === null ? <PlainText text={source} /> : <Blocks tokens={tokens} />
})

function PlainText({ text }: { text: string }) {
  const { t } = useTranslation('markdown')
  return (
    <div className={classes['plain']}>
      <p className={classes['note']}>{t('tooMuch')}</p>
      {plainChunks(text).map((chunk, index) => (
        <PlainChunk key={index} text={chunk} />
      ))}
    </div>
  )
}

const PlainChunk = memo(function PlainChunk({ text }: { text: string }) {
  return <p>{text}</p>
})
