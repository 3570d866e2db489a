import { Button, FileButton, Textarea } from '@mantine/core'
import { IconFileImport, IconKey, IconPlayerPlay } from '@tabler/icons-react'
import { useId, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FileDrop } from '../../app/file-drop.tsx'
import { offeredFrom, useImportInbox } from '../../app/import-inbox.ts'
import { navigate } from '../../app/router.ts'
import { startSimulator } from '../../app/simulator.ts'
import { attempt } from '../../app/toast.tsx'
import { useVault } from '../../app/vault-store.ts'
import { createVault } from './create-vault.ts'
import { isTyped, noOffers, useProtectionChoice } from './protection-choice.ts'
import { ProtectionFields } from './protection-fields.tsx'
import classes from './vault.module.css'
import { VaultPage } from './vault-page.tsx'
import { focusesAndForgets } from '../../ui/forgetful-field.ts'
import { useLeaveGuard } from '../../ui/use-leave.ts'

type Door = 'import' | 'add'

interface DoorCardProps {
  icon: ReactNode
  title: string
  text: string
  chosen?: boolean
  children: ReactNode
}

function DoorCard({ icon, title, text, chosen = false, children }: DoorCardProps) {
  return (
    <section className={classes['door']} data-chosen={chosen || undefined}>
      <div className={classes['doorHead']}>
        <div className={classes['icon']} aria-hidden="true">
          {icon}
        </div>
        <h2>{title}</h2>
      </div>
      <p>{text}</p>
      {children}
    </section>
  )
}

function PasteField({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation('vault')
  const [text, setText] = useState('')
  useLeaveGuard(text.trim() !== '')
  return (
    <>
      <Textarea
        ref={focusesAndForgets}
        aria-label={t('firstRun.import.pasteLabel')}
        placeholder={t('firstRun.import.pastePlaceholder')}
        minRows={4}
        maxRows={8}
        autosize
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        classNames={{ input: 'kw-mono' }}
      />
      <div className={classes['buttons']}>
        <Button disabled={text.trim() === ''} onClick={() => onText(text)}>
          {t('firstRun.import.usePasted')}
        </Button>
      </div>
    </>
  )
}

function ImportDoor({ chosen, fileName, onBlob }: { chosen: boolean; fileName: string | null; onBlob: OnBlob }) {
  const { t } = useTranslation('vault')
  const [pasting, setPasting] = useState(false)
  return (
    <DoorCard
      icon={<IconFileImport size={22} />}
      title={t('firstRun.import.title')}
      text={t('firstRun.import.text')}
      chosen={chosen}
    >
      {fileName !== null && <p>{t('firstRun.import.chosen', { name: fileName })}</p>}
      {pasting && fileName === null ? (
        <PasteField onText={(text) => onBlob(new Blob([text]), t('firstRun.import.pasted'))} />
      ) : (
        <div className={classes['buttons']}>
          <FileButton onChange={(file) => file !== null && onBlob(file, file.name)}>
            {(props) => <Button {...props}>{t('firstRun.import.choose')}</Button>}
          </FileButton>
          <Button variant="default" onClick={() => setPasting(true)}>
            {t('firstRun.import.paste')}
          </Button>
        </div>
      )}
    </DoorCard>
  )
}
type OnBlob = (blob: Blob, name: string) => void

function SimulatorDoor() {
  const { t } = useTranslation('vault')
  const [starting, setStarting] = useState(false)
  const open = () =>
    attempt(async () => {
      setStarting(true)
      await startSimulator().finally(() => setStarting(false))
    })
  return (
    <DoorCard
      icon={<IconPlayerPlay size={22} />}
      title={t('firstRun.simulator.title')}
      text={t('firstRun.simulator.text')}
    >
      <div className={classes['buttons']}>
        <Button variant="light" loading={starting} onClick={open}>
          {t('firstRun.simulator.start')}
        </Button>
      </div>
    </DoorCard>
  )
}

/** Goes through a door once the vault is there; without a valid protection it shows what is missing first. */
function useDoors(form: ReturnType<typeof useProtectionChoice>) {
  const [door, setDoor] = useState<Door | null>(null)
  const [busy, setBusy] = useState(false)
  const protection = useRef<HTMLFormElement>(null)
  const go = (through: Door) => {
    setDoor(through)
    const vault = form.check()
    if (vault === null) {
      // What is wrong is at its field once the page has been drawn again.
      requestAnimationFrame(() => protection.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus())
      return
    }
    setBusy(true)
    attempt(async () => {
      // The address is right before the vault is there, so that the first view shown is the one that was asked for.
      if (through === 'import') navigate('transfer')
      else navigate('models', 'new')
      await createVault(vault, form.choice).finally(() => setBusy(false))
    })
  }
  return { door, busy, protection, go }
}

/** Three doors, and the only question that two of them need answered. */
export function FirstRunView() {
  const { t } = useTranslation('vault')
  const offers = useVault((store) => store.status?.offers ?? noOffers)
  const fileName = useImportInbox((store) => store.offered?.name ?? null)
  const form = useProtectionChoice(offers)
  const { door, busy, protection, go } = useDoors(form)
  const titleId = useId()
  useLeaveGuard(isTyped(form.choice))
  const take: OnBlob = (blob, name) =>
    attempt(async () => {
      useImportInbox.getState().offer(await offeredFrom(blob, name))
      go('import')
    })
  return (
    <VaultPage>
      <main className={classes['column']}>
        <h1 className={classes['title']}>{t('firstRun.title')}</h1>
        <p className={classes['lead']}>{t('firstRun.lead')}</p>
        <div className={classes['doors']}>
          <ImportDoor chosen={door === 'import'} fileName={fileName} onBlob={take} />
          <DoorCard
            icon={<IconKey size={22} />}
            title={t('firstRun.add.title')}
            text={t('firstRun.add.text')}
            chosen={door === 'add'}
          >
            <div className={classes['buttons']}>
              <Button loading={busy && door === 'add'} onClick={() => go('add')}>
                {t('firstRun.add.start')}
              </Button>
            </div>
          </DoorCard>
          <SimulatorDoor />
        </div>
        <form
          className={classes['part']}
          ref={protection}
          onSubmit={(event) => {
            event.preventDefault()
            go(door ?? 'add')
          }}
        >
          <h2 id={titleId}>{t('protect.title')}</h2>
          <p>{t('protect.text')}</p>
          <ProtectionFields offers={offers} form={form} labelledBy={titleId} />
          {/* Enter in a field goes on also before a door was chosen. */}
          {door === null && <button type="submit" hidden aria-label={t('firstRun.add.continue')} />}
          {door !== null && (
            <div className={classes['submit']}>
              <Button type="submit" loading={busy}>
                {t(`firstRun.${door}.continue`)}
              </Button>
            </div>
          )}
        </form>
      </main>
      <FileDrop onFile={() => go('import')} />
    </VaultPage>
  )
}
