import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DslightingCheckView } from '../../../shared/dslighting.ts'
import { client } from '../../app/client.ts'
import { copyText } from '../../app/copy-text.ts'
import { useModels } from '../../app/models-store.ts'
import { navigate } from '../../app/router.ts'
import { saveText } from '../../app/save-text.ts'
import { attempt, showDone } from '../../app/toast.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { TrapList, type PlacedTrap } from './dslighting-traps.tsx'
import { LoaderTable } from './dslighting-views.tsx'
import classes from './dslighting.module.css'
import { PreviewLines } from './preview-lines.tsx'
import { visibleText } from '../../ui/visible-text.ts'
import { formatList } from '../../ui/format.ts'

interface DslightingResultProps {
  name: string
  now: DslightingCheckView
  before: readonly DslightingCheckView[]
  busy: boolean
  fix: (trap: number) => Promise<boolean>
  fixAll: () => Promise<boolean>
  undo: () => void
  reset: () => void
}

/** The changed file leaves main for the person who handed it in. */
function Taking({ id }: { id: string }) {
  const { t } = useTranslation('dslighting')
  const withText = (use: (file: { text: string; fileName: string }) => unknown) =>
    attempt(async () => use(await client.dslighting.text({ id })))
  return (
    <>
      <Button variant="default" onClick={() => withText(({ text, fileName }) => saveText([text], fileName))}>
        {t('download')}
      </Button>
      <Button variant="default" onClick={() => withText(({ text }) => copyText(text, t('copied')))}>
        {t('copy')}
      </Button>
    </>
  )
}

function Head({ name, now, before, busy, fixAll, undo, reset }: Omit<DslightingResultProps, 'fix'>) {
  const { t } = useTranslation('dslighting')
  const easy = now.traps.filter((trap) => trap.fix !== null && !trap.needsDecision).length
  const isFile = now.source === 'file'
  const summary = {
    models: t('modelCount', { count: now.models.length }),
    traps: t('trapCount', { count: now.traps.length }),
  }
  const fixEasy = async () => {
    if (await fixAll()) showDone(t('fixedAll'))
  }
  return (
    <>
      <header className={classes['head']}>
        <h2>{name}</h2>
        <p role="status">{t('summary', summary)}</p>
      </header>
      <div className={classes['buttons']}>
        {isFile && easy > 0 && (
          <Button loading={busy} onClick={() => void fixEasy()}>
            {t('fixAll', { count: easy })}
          </Button>
        )}
        {isFile && before.length > 0 && <Taking id={now.id} />}
        {before.length > 0 && (
          <Button variant="default" disabled={busy} onClick={undo}>
            {t('undo')}
          </Button>
        )}
        <Button variant="subtle" onClick={reset}>
          {t('checkAnother')}
        </Button>
      </div>
      <p className={classes['derived']}>{t('derived')}</p>
      {!isFile && <Notice tone="plain" title={t('ofVault')} />}
    </>
  )
}

function Changes({ now: { lines, lostComments } }: { now: DslightingCheckView }) {
  const { t, i18n } = useTranslation('dslighting')
  if (lines.length === 0) return null
  return (
    <Panel title={t('changes')}>
      <PreviewLines label={t('changesLabel')} lines={lines} isRevealed={false} />
      {lostComments.length > 0 && (
        <p className={classes['lost']}>
          {t('lostComments', { lines: formatList(lostComments.map(String), i18n.language) })}
        </p>
      )}
    </Panel>
  )
}

function OpenModel({ name }: { name: string }) {
  const { t } = useTranslation('dslighting')
  const id = useModels((store) => store.models.find((model) => model.name === name)?.id)
  if (id === undefined) return null
  return (
    <Button size="compact-sm" variant="subtle" onClick={() => navigate('models', id)}>
      {t('openModel')}
    </Button>
  )
}

/** Every model in every loader, with what goes wrong and how to mend it. */
export function DslightingResult({ fix, ...props }: DslightingResultProps) {
  const { t } = useTranslation('dslighting')
  const { now, busy } = props
  const placed: PlacedTrap[] = now.traps.map((trap, index) => ({ index, trap }))
  const fixOne = async (index: number) => {
    if (await fix(index)) showDone(t('fixed'))
  }
  const onFix = now.source === 'file' ? (index: number) => void fixOne(index) : undefined
  const fixing = { onFix, busy }
  const ofFile = placed.filter(({ trap }) => trap.model === null)
  return (
    <>
      <Head {...props} />
      {now.models.length === 0 && ofFile.length === 0 && <Notice tone="plain" title={t('nothing')} />}
      {now.models.length > 0 && placed.length === 0 && (
        <Notice tone="plain" title={t('noTraps')} text={t('noTrapsText')} />
      )}
      <Changes now={now} />
      {ofFile.length > 0 && (
        <Panel title={t('aboutFile')}>
          <TrapList label={t('trapsOfFile')} traps={ofFile} {...fixing} />
        </Panel>
      )}
      {now.models.map((model) => {
        const traps = placed.filter(({ trap }) => trap.model === model.name)
        return (
          <Panel
            key={model.name}
            title={visibleText(model.name)}
            aside={now.source === 'vault' ? <OpenModel name={model.name} /> : undefined}
          >
            <LoaderTable model={model} />
            {traps.length > 0 && <TrapList label={t('trapsOf', { model: model.name })} traps={traps} {...fixing} />}
          </Panel>
        )
      })}
    </>
  )
}
