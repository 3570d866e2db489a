import { Button, Radio } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ExportChoice, ExportPreview, FileWarning, ReaderWarning } from '../../../shared/export.ts'
import { formatInteger, formatList, formatSpan } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './export.module.css'
import { PreviewLines } from './preview-lines.tsx'
import { useRevealed, type ExportStep } from './use-export.ts'

type Preview = Extract<ExportStep, { kind: 'preview' }>
type Token = NonNullable<ExportChoice['token']>

const tokens: readonly Token[] = ['keep', 'rotate']

/** A second export to the same file: the programs that read it either need no change, or the old token ends. */
function TokenQuestion({
  client,
  token,
  onToken,
}: Pick<ExportPreview, 'client'> & { token: Token | null; onToken: (token: Token) => void }) {
  const { t } = useTranslation('export')
  if (client === null) return null
  if (!client.canKeep) return <p className={classes['dim']}>{t('token.gone', { name: client.name })}</p>
  return (
    <Radio.Group
      label={t('token.title', { name: client.name, lastFour: client.lastFour })}
      value={token}
      onChange={(chosen) => onToken(chosen === 'rotate' ? 'rotate' : 'keep')}
    >
      <div className={classes['tokens']}>
        {tokens.map((one) => (
          <Radio key={one} size="xs" value={one} label={t(`token.${one}`)} description={t(`token.${one}Text`)} />
        ))}
      </div>
    </Radio.Group>
  )
}

function WarningText({ warning }: { warning: FileWarning }) {
  const { t, i18n } = useTranslation('export')
  switch (warning.kind) {
    case 'others-can-read':
      return t('warning.others-can-read', { mode: warning.mode })
    case 'symlink':
      return t('warning.symlink', { target: warning.target })
    case 'hard-links':
      return t('warning.hard-links', { count: warning.count })
    case 'not-ignored':
      return t('warning.not-ignored', { folder: warning.workTree })
    case 'lost-comments':
      return t('warning.lost-comments', { lines: formatList(warning.lines.map(String), i18n.language) })
    case 'lost-headers':
      return t('warning.lost-headers', { models: formatList(warning.models, i18n.language) })
    case 'plain-secrets':
    case 'replaces-whole-file':
    default:
      return t(`warning.${warning.kind}`)
  }
}

const maxReaders = 12

function Readers({ readers }: { readers: readonly ReaderWarning[] }) {
  const { t } = useTranslation('export')
  if (readers.length === 0) return null
  const more = readers.length - maxReaders
  return (
    <details className={classes['readers']}>
      <summary>
        {t('readers.title', { count: new Set(readers.map(({ line, column }) => `${line} ${column}`)).size })}
      </summary>
      <ul>
        {readers.slice(0, maxReaders).map(({ reader, effect, name, line, column }) => (
          <li key={`${reader} ${line} ${column}`}>
            <span className={classes['dim']}>{t('place', { line, column })}</span>{' '}
            {t(`readers.${effect}`, { reader: t(`readers.name.${reader}`), name: name ?? t('readers.unnamed') })}
          </li>
        ))}
        {more > 0 && <li className={classes['dim']}>{t('readers.more', { count: more })}</li>}
      </ul>
    </details>
  )
}

function Countdown({ untilMs }: { untilMs: number }) {
  const { t, i18n } = useTranslation('export')
  const nowMs = useNow()
  return (
    <span className={classes['dim']}>
      {t('hidesIn', { left: formatSpan(Math.max(0, untilMs - nowMs), i18n.language) })}
    </span>
  )
}

interface ExportPreviewPanelProps {
  step: Preview
  onToken: (token: Token) => void
  onWhole: () => void
  onWrite: () => void
  onCancel: () => void
}

/** The exact bytes before they are written. */
export function ExportPreviewPanel({ step, onToken, onWhole, onWrite, onCancel }: ExportPreviewPanelProps) {
  const { t, i18n } = useTranslation('export')
  const { preview, token, whole, busy, refused } = step
  const { shown, reveal, hide } = useRevealed(preview.id, whole)
  const isAsked = preview.client?.canKeep !== true || token !== null
  const hasSecrets = preview.lines.some((line) => line.kind !== 'folded' && line.parts.some(({ secret }) => secret))
  const hasFolded = preview.lines.some(({ kind }) => kind === 'folded')
  const size = t('bytes', { count: preview.bytes, size: formatInteger(preview.bytes, i18n.language) })
  return (
    <Panel title={t(preview.isNew ? 'previewNew' : 'previewMerge', { path: preview.path })} aside={size}>
      <div className={classes['preview']}>
        {refused !== null && <Notice tone="danger" urgent title={refused.cause} text={refused.next} />}
        <TokenQuestion client={preview.client} token={token} onToken={onToken} />
        {preview.warnings.length > 0 && (
          <ul className={classes['warnings']} aria-label={t('warningsLabel')}>
            {preview.warnings.map((warning) => (
              <li key={warning.kind}>
                <WarningText warning={warning} />
              </li>
            ))}
          </ul>
        )}
        {preview.isUnchanged && <p className={classes['dim']}>{t('unchanged')}</p>}
        <PreviewLines lines={shown?.lines ?? preview.lines} isRevealed={shown !== null} label={t('linesLabel')} />
        <div className={classes['lineActions']}>
          {shown === null && hasSecrets && (
            <Button variant="default" size="compact-sm" onClick={reveal}>
              {t('reveal')}
            </Button>
          )}
          {shown !== null && (
            <>
              <Button variant="default" size="compact-sm" onClick={hide}>
                {t('hide')}
              </Button>
              <Countdown untilMs={shown.untilMs} />
            </>
          )}
          {!whole && hasFolded && (
            <Button variant="default" size="compact-sm" onClick={onWhole}>
              {t('whole')}
            </Button>
          )}
        </div>
        <Readers readers={preview.readers} />
        <div className={classes['actions']}>
          <Button loading={busy} disabled={!isAsked} onClick={onWrite}>
            {t(preview.isNew ? 'writeNew' : 'writeInto')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          {!isAsked && <span className={classes['dim']}>{t('token.first')}</span>}
        </div>
      </div>
    </Panel>
  )
}
