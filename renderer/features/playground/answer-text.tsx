import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './playground.module.css'
import { parseBlocks, parsePieces, type Block } from './rich-text.ts'

/** Foreign text as elements. Blocks that are complete are not rendered again while the rest streams in. */
export function AnswerText({ text }: { text: string }) {
  return (
    <div className={classes['answerText']}>
      {parseBlocks(text).map((block, index) => (
        // Blocks only ever grow at the end, so that a block's place is its identity; so it is with pieces.
        <BlockView key={index} {...flat(block)} />
      ))}
    </div>
  )
}

interface FlatBlock {
  kind: Block['kind']
  text: string
  language: string
}

/** Strings compare by value, so that memo sees that a block is the same. */
const flat = (block: Block): FlatBlock => ({
  kind: block.kind,
  text: block.text,
  language: block.kind === 'code' ? block.language : '',
})

const BlockView = memo(function BlockView({ kind, text, language }: FlatBlock) {
  if (kind === 'code') return <CodeBlock text={text} language={language} />
  const pieces = parsePieces(text).map((piece, index) => {
    if (piece.kind === 'code') return <code key={index}>{piece.text}</code>
    if (piece.kind === 'strong') return <strong key={index}>{piece.text}</strong>
    return piece.text
  })
  return kind === 'heading' ? <p className={classes['heading']}>{pieces}</p> : <p>{pieces}</p>
})

function CodeBlock({ text, language }: { text: string; language: string }) {
  const { t } = useTranslation('playground')
  const clipboard = useClipboard({ timeout: 1_500 })
  return (
    <figure className={classes['code']}>
      <figcaption>
        <span>{language === '' ? t('code') : language}</span>
        <Button size="compact-xs" variant="subtle" onClick={() => clipboard.copy(text)}>
          {clipboard.copied ? t('copied') : t('copy')}
        </Button>
      </figcaption>
      <pre>
        <code>{text}</code>
      </pre>
    </figure>
  )
}
