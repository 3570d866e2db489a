import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BinModel, Purge, Purged } from '../../../shared/bin.ts'
import type { BackupView } from '../../../shared/vault.ts'
import { client } from '../../app/client.ts'
import { attempt, showDone } from '../../app/toast.tsx'
import { formatMoment, formatRow } from '../../ui/format.ts'
import { purge, useBin } from './bin.ts'
import { purgeOf, purgeOfKey, type BinKey } from './bin-contents.ts'
import { BinEntry } from './bin-entry.tsx'
import classes from './bin-dialog.module.css'
import { masked } from './masked.ts'
import { Dialog } from '../../ui/dialog.tsx'

/** What is to be forgotten for good, in words. */
interface Asked {
  wanted: Purge
  what: string
}

interface QuestionProps {
  asked: Asked
  onDone: (purged: Purged) => void
  onCancel: () => void
}

/** Asks once more, with what is forgotten before the person's eyes. */
function PurgeQuestion({ asked, onDone, onCancel }: QuestionProps) {
  const { t } = useTranslation('models')
  const [busy, setBusy] = useState(false)
  const run = () =>
    attempt(async () => {
      setBusy(true)
      onDone(await purge(asked.wanted).finally(() => setBusy(false)))
    })
  return (
    <div className={classes['body']}>
      <p className={classes['strong']}>{asked.what}</p>
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

interface ContentsProps {
  models: readonly BinModel[]
  onAsk: (asked: Asked) => void
}

function Contents({ models, onAsk }: ContentsProps) {
  const { t, i18n } = useTranslation('models')
  const ask = (some: readonly BinModel[]) => {
    const names = formatRow(
      some.map(({ name }) => name),
      i18n.language,
    )
    const count = some.reduce((sum, model) => sum + model.keys.length, 0)
    onAsk({ wanted: purgeOf(some), what: t('bin.ask', { names, keys: t('bin.keys', { count }) }) })
  }
  const askOfKey = ({ name }: BinModel, key: BinKey) =>
    onAsk({ wanted: purgeOfKey(key), what: t('bin.askKey', { name, key: `${key.label} ${masked(key.lastFour)}` }) })
  if (models.length === 0) return <p className={classes['text']}>{t('bin.empty')}</p>
  return (
    <div className={classes['body']}>
      <p className={classes['text']}>{t('bin.text')}</p>
      <ul className={classes['list']} aria-label={t('bin.title')}>
        {models.map((model) => (
          <BinEntry
            key={model.id}
            model={model}
            onPurge={() => ask([model])}
            onPurgeKey={(key) => askOfKey(model, key)}
          />
        ))}
      </ul>
      <div className={classes['buttons']}>
        <Button variant="light" color="red" onClick={() => ask(models)}>
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
  const [asking, setAsking] = useState<Asked | null>(null)
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
        <PurgeQuestion asked={asking} onDone={finish} onCancel={() => setAsking(null)} />
      ) : purged !== null ? (
        <PurgeResult purged={purged} onClose={() => setPurged(null)} />
      ) : (
        <Contents models={models} onAsk={setAsking} />
      )}
    </Dialog>
  )
}
