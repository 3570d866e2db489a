import { Button, Checkbox, SegmentedControl, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ExportForm, ExportFormat } from '../../../shared/export.ts'
import { useModels } from '../../app/models-store.ts'
import { navigate } from '../../app/router.ts'
import { useStart } from '../../app/start.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EarlierPanel } from './earlier-panel.tsx'
import { contentOf, exportable, firstChoice, type Choice } from './export-choice.ts'
import { ExportDone } from './export-done.tsx'
import { ExportModels } from './export-models.tsx'
import { ExportPreviewPanel } from './export-preview.tsx'
import classes from './export.module.css'
import { useExport } from './use-export.ts'

const forms: readonly ExportForm[] = ['gateway', 'keys']
const formats: readonly ExportFormat[] = ['dotenv', 'json', 'litellm']

interface PartProps {
  choice: Choice
  onChoose: (change: (choice: Choice) => Choice) => void
}

function FormAndFormat({ choice, onChoose }: PartProps) {
  const { t } = useTranslation('export')
  return (
    <div className={classes['options']}>
      <div className={classes['option']}>
        <span className={classes['label']}>{t('formLabel')}</span>
        <SegmentedControl
          aria-label={t('formLabel')}
          size="xs"
          value={choice.form}
          data={forms.map((form) => ({ value: form, label: t(`form.${form}`) }))}
          onChange={(form) => onChoose((now) => ({ ...now, form: forms.find((one) => one === form) ?? now.form }))}
        />
        <span className={classes['dim']}>{t(`formText.${choice.form}`)}</span>
      </div>
      <div className={classes['option']}>
        <span className={classes['label']}>{t('formatLabel')}</span>
        <SegmentedControl
          aria-label={t('formatLabel')}
          size="xs"
          value={choice.format}
          data={formats.map((format) => ({ value: format, label: t(`format.${format}`) }))}
          onChange={(format) =>
            onChoose((now) => ({ ...now, format: formats.find((one) => one === format) ?? now.format }))
          }
        />
        <span className={classes['dim']}>{t(`formatText.${choice.format}`)}</span>
      </div>
    </div>
  )
}

interface DestinationProps extends PartProps {
  isReady: boolean
  looking: boolean
  taking: boolean
  onLook: () => void
  onChooseFile: () => void
  onTake: (how: 'download' | 'copy') => void
}

function Destination({ choice, onChoose, isReady, looking, taking, onLook, onChooseFile, onTake }: DestinationProps) {
  const { t } = useTranslation('export')
  const info = useStart((store) => store.info)
  const isDesktop = info?.host === 'electron'
  return (
    <form
      className={classes['destination']}
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && choice.path.trim() !== '') onLook()
      }}
    >
      <div className={classes['pathRow']}>
        <TextInput
          label={t('path')}
          description={t(isDesktop ? 'pathText' : 'pathTextBrowser')}
          placeholder={t('pathExample')}
          classNames={{ input: 'kw-mono' }}
          spellCheck={false}
          autoComplete="off"
          value={choice.path}
          onChange={(event) => {
            const path = event.currentTarget.value
            onChoose((now) => ({ ...now, path }))
          }}
        />
        {info?.canChooseFile === true && (
          <Button h={36} variant="default" onClick={onChooseFile}>
            {t('chooseFile')}
          </Button>
        )}
        <Button h={36} type="submit" loading={looking} disabled={!isReady || choice.path.trim() === ''}>
          {t('look')}
        </Button>
      </div>
      <div className={classes['take']}>
        <span className={classes['dim']}>{t(isDesktop ? 'takeTextDesktop' : 'takeText')}</span>
        {/* On the desktop the file itself is written, and what it held before is kept. */}
        {!isDesktop && (
          <Button variant="default" size="compact-sm" disabled={!isReady || taking} onClick={() => onTake('download')}>
            {t('download')}
          </Button>
        )}
        <Button variant="default" size="compact-sm" disabled={!isReady || taking} onClick={() => onTake('copy')}>
          {t('copy')}
        </Button>
      </div>
    </form>
  )
}

/** Choose, look at the exact bytes, write. */
export function ExportTab() {
  const { t } = useTranslation('export')
  const { choice, step, earlier, readEarlier, choose, look, lookAgain, write, lookAtEarlier, reset, ...rest } =
    useExport()
  const models = useModels((store) => store.models)
  const own = exportable(models)
  const content = contentOf(choice, models)
  if (own.length === 0) {
    return (
      <EmptyState title={t('emptyTitle')} text={t('emptyText')}>
        <Button onClick={() => navigate('models')}>{t('emptyNext')}</Button>
      </EmptyState>
    )
  }
  const keys = content.models.reduce((count, { keyIds }) => count + keyIds.length, 0)
  const counts = { models: t('modelCount', { count: content.models.length }), keys: t('keyCount', { count: keys }) }
  const counted = choice.form === 'keys' ? t('countedKeys', counts) : counts.models
  if (step.kind === 'done') return <ExportDone written={step.written} format={choice.format} onAgain={reset} />
  return (
    <div className={classes['view']}>
      <Panel title={t('whatTitle')} aside={counted}>
        <ExportModels models={own} choice={choice} onChoose={choose} />
        {choice.withoutModels.size > 0 && (
          <Checkbox
            size="xs"
            label={t('everyModel')}
            checked={false}
            onChange={() => choose((now) => ({ ...now, withoutModels: firstChoice.withoutModels }))}
          />
        )}
      </Panel>
      <Panel title={t('howTitle')}>
        <FormAndFormat choice={choice} onChoose={choose} />
        <Destination
          choice={choice}
          onChoose={choose}
          isReady={content.models.length > 0}
          looking={step.kind === 'looking'}
          onLook={look}
          onChooseFile={rest.chooseFile}
          taking={rest.taking}
          onTake={rest.take}
        />
      </Panel>
      {step.kind === 'choosing' && step.refused !== null && (
        <Notice tone="danger" urgent title={step.refused.cause} text={step.refused.next} />
      )}
      {step.kind === 'preview' && (
        <ExportPreviewPanel
          step={step}
          onToken={(token) => lookAgain({ token })}
          onWhole={() => lookAgain({ whole: true })}
          onWrite={write}
          onCancel={reset}
        />
      )}
      <EarlierPanel versions={earlier} onRead={readEarlier} onLook={lookAtEarlier} />
    </div>
  )
}
