import type { Tokens } from 'marked'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeBlock } from './code-block.tsx'
import { Inline } from './inline.tsx'
import classes from './markdown.module.css'
import type { ShownToken } from './parse.ts'

const deepest = 24

/** Marked's block tokens as elements. */
export function Blocks({ tokens, depth = 0 }: { tokens: readonly unknown[] | undefined; depth?: number }): ReactNode {
  return (tokens ?? []).map((token, index) => <Block key={index} token={token as ShownToken} depth={depth + 1} />)
}

function Block({ token, depth }: { token: ShownToken; depth: number }): ReactNode {
  if (depth > deepest) return <p>{token.raw}</p>
  switch (token.type) {
    case 'space':
    case 'def':
      return null
    case 'heading':
      return <Heading token={token} />
    case 'paragraph':
      return (
        <p>
          <Inline tokens={token.tokens} />
        </p>
      )
    case 'list':
      return <List token={token} depth={depth} />
    case 'table':
      return <Table token={token} />
    case 'blockquote':
      return (
        <blockquote>
          <Blocks tokens={token.tokens} depth={depth} />
        </blockquote>
      )
    case 'code':
      return <CodeBlock text={token.text} language={token.lang?.split(/\s/, 1)[0] ?? ''} closed />
    case 'hr':
      return <hr />
    case 'html':
      return <p className={classes['markup']}>{token.raw.trimEnd()}</p>
    case 'text':
    case 'strong':
    case 'em':
    case 'del':
    case 'codespan':
    case 'br':
    case 'link':
    case 'image':
    case 'math':
    case 'checkbox':
    case 'escape':
    case 'list_item':
      break
  }
  return <Inline tokens={[token]} />
}

/** The view's own headings stand above those of an answer. */
function Heading({ token: { depth, tokens } }: { token: Tokens.Heading }) {
  const text = <Inline tokens={tokens} />
  if (depth === 1) return <h3 data-depth="1">{text}</h3>
  if (depth === 2) return <h4 data-depth="2">{text}</h4>
  if (depth === 3) return <h5 data-depth="3">{text}</h5>
  return <h6 data-depth="4">{text}</h6>
}

function List({ token, depth }: { token: Tokens.List; depth: number }) {
  const items = token.items.map((item, index) => (
    <li key={index} className={item.task ? classes['task'] : undefined}>
      <Blocks tokens={item.tokens} depth={depth} />
    </li>
  ))
  return token.ordered ? <ol start={token.start === '' ? 1 : token.start}>{items}</ol> : <ul>{items}</ul>
}

/** A wide table scrolls in its own frame, which the keyboard can reach. */
function Table({ token: { header, rows, align } }: { token: Tokens.Table }) {
  const { t } = useTranslation('markdown')
  const cells = (row: readonly Tokens.TableCell[], Cell: 'th' | 'td') =>
    row.map((cell, index) => (
      <Cell key={index} data-align={align[index] ?? undefined} scope={Cell === 'th' ? 'col' : undefined}>
        <Inline tokens={cell.tokens} />
      </Cell>
    ))
  return (
    // What scrolls must be reachable without a mouse.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes['table']} role="region" aria-label={t('table')} tabIndex={0}>
      <table>
        <thead>
          <tr>{cells(header, 'th')}</tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>{cells(row, 'td')}</tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
