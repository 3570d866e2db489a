import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { client } from '../../app/client.ts'
import { oneLine, procedureSentence } from '../../app/failure-message.ts'
import { closeKit, confirmKit, useKit } from '../../app/kit-store.ts'
import { dialogHeight } from '../../app/stacked-dialogs.ts'
import { showDone } from '../../app/toast.tsx'
import { saveText } from '../../app/save-text.ts'
import { useVault } from '../../app/vault-store.ts'
import { formatMoment } from '../../ui/format.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useLeaveGuard } from '../../ui/use-leave.ts'
import { groupsOf, kitFile, placesToConfirm } from './kit-groups.ts'
import classes from './kit-dialog.module.css'

const fileName = 'keywheel-recovery-kit.txt'

/** The sheet itself, which is also what is printed: a second time beside the page, so that nothing cuts it off. */
function Sheet({ kit, madeAt }: { kit: string; madeAt: string }) {
  const { t } = useTranslation('vault')
  return (
    <section className={classes['sheet']} aria-label={t('kit.name')}>
      <h3>{t('kit.sheetTitle')}</h3>
      <p>{t('kit.sheetBefore', { when: madeAt })}</p>
      <ol className={classes['groups']}>
        {groupsOf(kit).map((group, place) => (
          <li key={group + String(place)}>
            <span className={classes['place']}>{place + 1}</span>
            <span className={classes['group']}>{group}</span>
          </li>
        ))}
      </ol>
      <p>{t('kit.sheetAfter')}</p>
    </section>
  )
}

function Shown({ kit, asking }: { kit: string; asking: boolean }) {
  const { t, i18n } = useTranslation('vault')
  useLeaveGuard(true)
  const [madeAt] = useState(() => formatMoment(Date.now(), i18n.language))
  const text = kitFile(kit, {
    title: t('kit.sheetTitle'),
    before: t('kit.sheetBefore', { when: madeAt }),
    after: t('kit.sheetAfter'),
  })
  return (
    <div className={classes['body']}>
      <p className={classes['warn']}>{t('kit.once')}</p>
      <Sheet kit={kit} madeAt={madeAt} />
      {createPortal(
        <div data-print>
          <Sheet kit={kit} madeAt={madeAt} />
        </div>,
        document.body,
      )}
      {asking && (
        <p className={classes['error']} role="alert">
          {t('kit.notKept')}
        </p>
      )}
      <div className={classes['buttons']}>
        <Button variant="default" onClick={() => window.print()}>
          {t('kit.print')}
        </Button>
        <Button variant="default" onClick={() => saveText([text], fileName)}>
          {t('kit.download')}
        </Button>
        <Button className={classes['apart']} onClick={confirmKit}>
          {t('kit.kept')}
        </Button>
      </div>
    </div>
  )
}

function useConfirmation(places: readonly [number, number]) {
  const { t } = useTranslation('failures')
  const { t: vaultText } = useTranslation('vault')
  const [typed, setTyped] = useState<[string, string]>(['', ''])
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const confirm = async () => {
    setBusy(true)
    const groups = places.map((place, index) => ({ place, group: typed[index] ?? '' }))
    try {
      await useVault.getState().take(client.vault.confirmKit({ groups }))
      closeKit()
      showDone(vaultText('kit.confirmed'))
    } catch (failure) {
      setError(oneLine(procedureSentence(failure, t), t))
    } finally {
      setBusy(false)
    }
  }
  const change = (index: 0 | 1, text: string) => {
    setError(null)
    setTyped((before) => (index === 0 ? [text, before[1]] : [before[0], text]))
  }
  return { typed, error, busy, confirm, change }
}

function Confirming() {
  const { t } = useTranslation('vault')
  const [places] = useState(() => placesToConfirm(Math.random))
  const { typed, error, busy, confirm, change } = useConfirmation(places)
  return (
    <form
      className={classes['body']}
      onSubmit={(event) => {
        event.preventDefault()
        void confirm()
      }}
    >
      <p className={classes['text']}>{t('kit.confirmText')}</p>
      <div className={classes['pair']}>
        {([0, 1] as const).map((index) => (
          <TextInput
            key={index}
            label={t('kit.group', { number: places[index] + 1 })}
            autoComplete="off"
            spellCheck={false}
            maxLength={20}
            data-autofocus={index === 0 || undefined}
            value={typed[index]}
            error={error !== null}
            onChange={(event) => change(index, event.currentTarget.value)}
            classNames={{ input: 'kw-mono' }}
          />
        ))}
      </div>
      {error !== null && (
        <p className={classes['error']} role="alert">
          {error}
        </p>
      )}
      <div className={classes['buttons']}>
        <Button type="submit" loading={busy} disabled={typed.some((group) => group.trim() === '')}>
          {t('kit.confirm')}
        </Button>
        <Button variant="default" onClick={closeKit}>
          {t('kit.later')}
        </Button>
      </div>
    </form>
  )
}

/** A new recovery kit: shown once, kept on paper or in a file, confirmed by typing two of its groups. */
export function KitDialog() {
  const { t } = useTranslation('vault')
  const step = useKit((store) => store.step)
  const [askedOf, setAskedOf] = useState<typeof step>(null)
  if (step === null) return null
  const asking = step.at === 'shown' && askedOf === step
  return (
    <Dialog
      onClose={() => (step.at === 'shown' && !asking ? setAskedOf(step) : closeKit())}
      size="lg"
      title={t(step.at === 'shown' ? 'kit.title' : 'kit.confirmTitle')}
      closeLabel={t('kit.later')}
      byHand={step.at === 'shown'}
      closeOnClickOutside={false}
      zIndex={dialogHeight.kit}
    >
      {step.at === 'shown' ? <Shown kit={step.kit} asking={asking} /> : <Confirming />}
    </Dialog>
  )
}
