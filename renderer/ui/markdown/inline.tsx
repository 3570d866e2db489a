import { IconPhotoOff } from '@tabler/icons-react'
import type { Tokens } from 'marked'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMarkdown } from './actions.ts'
import { decodeEntities } from './entities.ts'
import classes from './markdown.module.css'
import { Formula } from './formula.tsx'
import type { ShownToken } from './parse.ts'
import { safeAddress } from './safe-address.ts'

/** Deeper than anybody writes; what is deeper is shown as its text. */
const deepest = 24

export function Inline({ tokens, depth = 0 }: { tokens: readonly unknown[] | undefined; depth?: number }): ReactNode {
  // Pieces only ever grow at the end, so that a piece's place is its identity.
  return (tokens ?? []).map((token, index) => <Piece key={index} token={token as ShownToken} depth={depth + 1} />)
}

function Piece({ token, depth }: { token: ShownToken; depth: number }): ReactNode {
  if (depth > deepest) return token.raw
  switch (token.type) {
    case 'strong':
      return (
        <strong>
          <Inline tokens={token.tokens} depth={depth} />
        </strong>
      )
    case 'em':
      return (
        <em>
          <Inline tokens={token.tokens} depth={depth} />
        </em>
      )
    case 'del':
      return (
        <del>
          <Inline tokens={token.tokens} depth={depth} />
        </del>
      )
    case 'codespan':
      return <code>{token.text}</code>
    case 'br':
      return <br />
    case 'link':
      return <Link token={token} depth={depth} />
    case 'image':
      return <Image token={token} />
    case 'math':
      return <Formula source={token.text} isBlock={token.isBlock} raw={token.raw} />
    case 'checkbox':
      return <Tick isOn={token.checked} />
    case 'text':
      return token.tokens ? <Inline tokens={token.tokens} depth={depth} /> : decodeEntities(token.text)
    case 'escape':
      return token.text
    case 'html':
    case 'list_item':
    case 'space':
    case 'def':
    case 'heading':
    case 'paragraph':
    case 'list':
    case 'table':
    case 'blockquote':
    case 'code':
    case 'hr':
      break
  }
  // Markup is text here; a line break is the one thing that tables cannot say otherwise.
  return /^<br\s*\/?>$/i.test(token.raw) ? <br /> : token.raw
}

/** It does nothing by itself: a click asks, with the address before one's eyes. */
function Link({ token, depth }: { token: Tokens.Link; depth: number }) {
  const { openLink } = useMarkdown()
  const address = safeAddress(token.href)
  if (address === null) return token.raw
  return (
    <button type="button" className={classes['link']} title={address.href} onClick={() => openLink(address)}>
      <Inline tokens={token.tokens} depth={depth} />
    </button>
  )
}

/** Loading it would tell its server that, and when, this answer was read. */
function Image({ token }: { token: Tokens.Image }) {
  const { t } = useTranslation('markdown')
  const { href, text } = token
  const shown = href.length > 200 ? `${href.slice(0, 200)}…` : href
  return (
    <span className={classes['image']}>
      <IconPhotoOff size={14} aria-hidden="true" />
      {text === '' ? t('image') : t('imageOf', { text })} <code>{shown}</code>
    </span>
  )
}

function Tick({ isOn }: { isOn: boolean }) {
  const { t } = useTranslation('markdown')
  return (
    <span role="img" aria-label={isOn ? t('done') : t('open')} className={classes['tick']}>
      {isOn ? '☑' : '☐'}
    </span>
  )
}
