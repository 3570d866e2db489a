import { Button } from '@mantine/core'
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMarkdown } from './actions.ts'
import { codeChunks, linesOfChunk } from './code-chunks.ts'
import { styleNames, type Highlighted } from './highlighter.ts'
import classes from './markdown.module.css'
import { pageHighlighter } from './page-highlighter.ts'

interface CodeBlockProps {
  text: string
  language: string
  /** Colours come once it is whole. */
  closed: boolean
}

export function CodeBlock({ text, language, closed }: CodeBlockProps) {
  const { t } = useTranslation('markdown')
  const { copy } = useMarkdown()
  const shown = useMemo(() => text.replaceAll('\r\n', '\n'), [text])
  const chunks = useMemo(() => codeChunks(shown), [shown])
  const colours = useColours(shown, language, closed)
  const coloured = useGrowing(colours === null ? 0 : chunks.length)
  const name = language === '' ? t('code') : language.slice(0, 40)
  const whole = useRef(text)
  useEffect(() => {
    whole.current = text
  }, [text])
  const onCopy = useCallback(() => copy(whole.current), [copy])
  return (
    <figure className={classes['code']} aria-label={t('codeIn', { name })}>
      <Head name={name} onCopy={onCopy} />
      {/* What scrolls must be reachable without a mouse. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} translate="no">
        <code>
          {chunks.map((chunk, index) => (
            <Chunk
              key={index}
              text={chunk.text}
              colours={index < coloured ? colours : null}
              firstLine={chunk.firstLine}
              isFull={chunk.lines === linesOfChunk}
            />
          ))}
        </code>
      </pre>
    </figure>
  )
}

/** It stays as it is while the code under it grows. */
const Head = memo(function Head({ name, onCopy }: { name: string; onCopy: () => void }) {
  const { t } = useTranslation('markdown')
  return (
    <figcaption>
      <span>{name}</span>
      <Button size="compact-xs" variant="subtle" aria-label={t('copyName', { name })} onClick={onCopy}>
        {t('copy')}
      </Button>
    </figcaption>
  )
})

function useColours(text: string, language: string, closed: boolean): Highlighted {
  const [found, setFound] = useState<{ text: string; language: string; colours: Highlighted } | null>(null)
  useEffect(() => {
    if (!closed) return undefined
    let isCurrent = true
    void pageHighlighter.highlight(language, text).then((colours) => {
      if (isCurrent) setFound({ text, language, colours })
      return undefined
    })
    return () => {
      isCurrent = false
    }
  }, [text, language, closed])
  return found?.text === text && found.language === language ? found.colours : null
}

/** Grows by one a frame up to the goal, so that a long block is coloured over many frames. */
function useGrowing(goal: number): number {
  const [count, setCount] = useState(0)
  useEffect(() => {
    if (count >= goal) return undefined
    const frame = requestAnimationFrame(() => setCount(count + 1))
    return () => cancelAnimationFrame(frame)
  }, [count, goal])
  return Math.min(count, goal)
}

interface ChunkProps {
  text: string
  colours: Highlighted
  firstLine: number
  /** Its height is known without laying it out. */
  isFull: boolean
}

const Chunk = memo(function Chunk({ text, colours, firstLine, isFull }: ChunkProps) {
  const className = classes[isFull ? 'fullChunk' : 'chunk']
  if (colours === null) return <span className={className}>{text}</span>
  const lines = text.split('\n')
  return (
    <span className={className}>
      {lines.map((line, index) => (
        <Line
          key={index}
          text={index < lines.length - 1 ? `${line}\n` : line}
          pieces={colours[firstLine + index] ?? []}
        />
      ))}
    </span>
  )
})

function Line({ text, pieces }: { text: string; pieces: readonly number[] }) {
  const parts = []
  let at = 0
  for (let index = 0; index < pieces.length; index += 2) {
    const to = at + (pieces[index] ?? 0)
    const style = styleNames[pieces[index + 1] ?? 0] ?? 'plain'
    const part = text.slice(at, to)
    parts.push(
      style === 'plain' ? (
        part
      ) : (
        <span key={index} data-code={style}>
          {part}
        </span>
      ),
    )
    at = to
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  )
}
