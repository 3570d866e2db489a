import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BinModel, Purged } from '../../../shared/bin.ts'
import type { BackupView } from '../../../shared/vault.ts'
import { client } from '../../app/client.ts'
import { attempt, showDone } from '../../app/toast.tsx'
import { formatMoment, formatRow } from '../../ui/format.ts'
import { purge, restoreKeys, restoreModel, useBin } from './bin.ts'
import classes from './bin-dialog.module.css'
import { masked } from './masked.ts'
import { Dialog } from '../../ui/dialog.tsx'

interface EntryProps {
  model: BinModel
  onPurge: () => void
}

function deletedAt({ deletedAtMs, keys }: BinModel): number {
  return deletedAtMs ?? Math.max(...keys.map((key) => key.deletedAtMs ?? 0))
}

function Entry({ model, onPurge }: EntryProps) {
  const { t, i18n } = useTranslation('models')
  const whole = model.deletedAtMs !== null
  const when = formatMoment(deletedAt(model), i18n.language)
  const keys = model.keys.map(({ label, lastFour }) => `${label} ${masked(lastFour)}`)
  return (
    <li className={classes['entry']}>
      <div className={classes['words']}>
        <p className={classes['name']}>
          {whole ? t('bin.model', { name: model.name }) : t('bin.keysOf', { name: model.name })}
        </p>
        <p className={classes['keys']}>{keys.length === 0 ? t('noKeys') : keys.join(' · ')}</p>
        <p className={classes['when']}>{t('bin.deletedAt', { when })}</p>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t('bin.restoreLabel', { name: model.name })}
        onClick={() => attempt(() => (whole ? restoreModel(model) : restoreKeys(model)))}
      >
        {t('bin.restore')}
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        aria-label={t('bin.purgeLabel', { name: model.name })}
        onClick={onPurge}
      >
        {t('bin.purge')}
      </Button>
    </li>
  )
}

interface QuestionProps {
  models: readonly BinModel[]
  onDone: (purged: Purged) => void
  onCancel: () => void
}

/** Asks once more, with what is forgotten before the person's eyes. */
function PurgeQuestion({ models, onDone, onCancel }: QuestionProps) {
  const { t, i18n } = useTranslation('models')
  const [busy, setBusy] = useState(false)
  const keys = models.reduce((sum, model) => sum + model.keys.length, 0)
  const run = () =>
    attempt(async () => {
      setBusy(true)
      onDone(await purge(models).finally(() => setBusy(false)))
    })
  return (
    <div className={classes['body']}>
      <p className={classes['strong']}>
        {t('bin.ask', {
          names: formatRow(
            models.map(({ name }) => name),
            i18n.language,
          ),
          keys: t('bin.keys', { count: keys }),
        })}
      </p>
      <p className={classes['text']}>{t('bin.askText')}</p>
      <div className={classes['buttons']}>
        <Button color="red" loading={busy} onClick={run}>
          {t('bin.confirm')}
        </Button>
        <Button variant="default" data-autofocus onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}

function BackupNames({ backups, text }: { backups: readonly BackupView[]; text: string }) {
  const { t, i18n } = useTranslation('models')
  if (backups.length === 0) return null
  return (
    <>
      <p className={classes['text']}>{text}</p>
      <ul className={classes['backups']}>
        {backups.map((backup) => (
          <li key={backup.name}>
            {t('bin.backup', {
              when: formatMoment(backup.savedAtMs, i18n.language),
              generation: backup.generation,
            })}
          </li>
        ))}
      </ul>
    </>
  )
}

/** What was forgotten here may still lie in a backup: they are named, and can go as well. */
function PurgeResult({ purged, onClose }: { purged: Purged; onClose: () => void }) {
  const { t } = useTranslation('models')
  const { holding, closed, keys } = purged
  const remove = () =>
    attempt(async () => {
      for (const { name } of holding) await client.vault.removeBackup({ name })
      showDone(t('bin.backupsRemoved', { count: holding.length }))
      onClose()
    })
  return (
    <div className={classes['body']}>
      <p className={classes['strong']}>{t('bin.done', { count: keys })}</p>
      {holding.length === 0 && closed.length === 0 && <p className={classes['text']}>{t('bin.nowhere')}</p>}
      <BackupNames backups={holding} text={t('bin.holding', { count: holding.length })} />
      <BackupNames backups={closed} text={t('bin.closed', { count: closed.length })} />
      <div className={classes['buttons']}>
        {holding.length > 0 && (
          <Button variant="light" color="red" onClick={remove}>
            {t('bin.removeBackups', { count: holding.length })}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t('bin.close')}
        </Button>
      </div>
    </div>
  )
}

function Contents({
  models,
  onPurge,
}: {
  models: readonly BinModel[]
  onPurge: (models: readonly BinModel[]) => void
}) {
  const { t } = useTranslation('models')
  if (models.length === 0) return <p className={classes['text']}>{t('bin.empty')}</p>
  return (
    <div className={classes['body']}>
      <p className={classes['text']}>{t('bin.text')}</p>
      <ul className={classes['list']} aria-label={t('bin.title')}>
        {models.map((model) => (
          <Entry key={model.id} model={model} onPurge={() => onPurge([model])} />
        ))}
      </ul>
      <div className={classes['buttons']}>
        <Button variant="light" color="red" onClick={() => onPurge(models)}>
          {t('bin.purgeAll')}
        </Button>
      </div>
    </div>
  )
}

/** The bin: what was deleted comes back from here, or is forgotten for good. */
export function BinDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('models')
  const models = useBin((store) => store.models)
  const [asking, setAsking] = useState<readonly BinModel[] | null>(null)
  const [purged, setPurged] = useState<Purged | null>(null)
  const finish = (result: Purged) => {
    setAsking(null)
    setPurged(result)
  }
  return (
    <Dialog
      onClose={onClose}
      size="lg"
      title={t(asking === null ? 'bin.title' : 'bin.askTitle')}
      closeLabel={t('bin.close')}
    >
      {asking !== null ? (
        <PurgeQuestion models={asking} onDone={finish} onCancel={() => setAsking(null)} />
      ) : purged !== null ? (
        <PurgeResult purged={purged} onClose={() => setPurged(null)} />
      ) : (
        <Contents models={models} onPurge={setAsking} />
      )}
    </Dialog>
  )
}
