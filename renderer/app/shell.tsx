import { Button } from '@mantine/core'
import { Suspense, useEffect, useLayoutEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { VaultStatus } from '../../shared/vault.ts'
import { followFocus } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Notice } from '../ui/notice.tsx'
import { mayLeave } from '../ui/unsaved.ts'
import { ConnectionPage } from './connection-page.tsx'
import { useConnection } from './connection-store.ts'
import { contentId, focusContent, useContentFocus } from './content-focus.ts'
import { procedureSentence } from './failure-message.ts'
import { FileDrop } from './file-drop.tsx'
import { useInterfaceLock } from './interface-lock.ts'
import { useKit } from './kit-store.ts'
import { useMinted } from './minted-token.ts'
import { useModels } from './models-store.ts'
import { usePalette } from './palette-store.ts'
import { usePresentation } from './presentation.ts'
import { forgetNotices, useNotices } from './notices.ts'
import { Rail } from './rail.tsx'
import { RehearsalBanner } from './rehearsal-banner.tsx'
import { currentRoute, navigate, useRoute, type ViewName } from './router.ts'
import classes from './shell.module.css'
import { useShortcuts } from './shortcuts-store.ts'
import { start, useStart } from './start.ts'
import { TopBar } from './top-bar.tsx'
import { useActivityReport } from './use-activity-report.ts'
import { useGlobalShortcuts } from './use-shortcuts.ts'
import { useVaultSetup } from './vault-setup-store.ts'
import { useVault } from './vault-store.ts'
import { ViewBoundary } from './view-boundary.tsx'
import {
  DamagedView,
  FirstRunView,
  KitDialog,
  LockedView,
  OpenInterface,
  Palette,
  PastNotices,
  Shortcuts,
  TokenDialog,
  VaultSetup,
  preloadViews,
  viewOf,
} from './views.ts'

/** The check looks at a file that is dropped while it is open; elsewhere a file is for the import. */
const isFileForCheck = () => {
  const { view, id } = currentRoute()
  return view === 'transfer' && id === 'dslighting'
}

const mayTakeFile = () => isFileForCheck() || mayLeave()

const openImport = () => {
  if (!isFileForCheck()) navigate('transfer')
}

function Waiting() {
  const { t } = useTranslation('shell')
  const failed = useStart((store) => store.failed)
  if (failed !== null) return <StartFailed error={failed} />
  return <div className={classes['waiting']}>{t('loading')}</div>
}

function StartFailed({ error }: { error: unknown }) {
  const { t } = useTranslation('shell')
  const { t: failureText } = useTranslation('failures')
  const { cause, next } = procedureSentence(error, failureText)
  return (
    <EmptyState title={cause} text={next}>
      <Button onClick={() => void start()}>{t('crash.again')}</Button>
    </EmptyState>
  )
}

function useForgottenNotices(): void {
  const locked = useVault((store) => store.status?.state === 'locked')
  useEffect(() => {
    if (locked) forgetNotices()
  }, [locked])
}

/** What a view may need beside it, whichever view it is. */
function Beside() {
  const { t } = useTranslation('shell')
  useGlobalShortcuts()
  useEffect(followFocus, [])
  useActivityReport()
  useForgottenNotices()
  const connection = useConnection((store) => store.connection)
  const asksForVault = useVaultSetup((store) => store.next !== null)
  const asksToOpen = useInterfaceLock((store) => store.asking)
  const showsKit = useKit((store) => store.step !== null)
  const showsToken = useMinted((store) => store.minted !== null)
  const asksForPalette = usePalette((store) => store.asked > 0)
  const listsShortcuts = useShortcuts((store) => store.opened)
  const listsNotices = useNotices((store) => store.opened)
  return (
    <>
      <Suspense>
        {asksForPalette && <Palette />}
        {listsShortcuts && <Shortcuts />}
        {listsNotices && <PastNotices />}
        {asksForVault && <VaultSetup />}
        {showsKit && <KitDialog />}
        {showsToken && <TokenDialog />}
        {asksToOpen && <OpenInterface />}
      </Suspense>
      {connection === 'lost' && (
        <div className={classes['banner']}>
          <Notice tone="warn" urgent title={t('connection.lostTitle')} text={t('connection.lost')} />
        </div>
      )}
    </>
  )
}

/** Chosen once a visit: what was loaded meanwhile must not take its place. */
function ChosenView({ name }: { name: ViewName }) {
  const [View] = useState(() => viewOf(name))
  // It begins at its top, wherever the one before was left; what it scrolls to by itself comes after.
  useLayoutEffect(() => {
    document.getElementById(contentId)?.scrollTo(0, 0)
  }, [])
  return <View />
}

function Views() {
  const { t } = useTranslation('shell')
  const { view } = useRoute()
  const { isOn: presenting, settled } = usePresentation()
  const crashed = (again: () => void) => (
    <EmptyState title={t('crash.title')} text={t('crash.text')}>
      <Button onClick={again}>{t('crash.again')}</Button>
    </EmptyState>
  )
  useEffect(preloadViews, [])
  useEffect(() => {
    document.title = `${t(`nav.${view}`)} · ${t('app')}`
  }, [t, view])
  return (
    <div className={classes['shell']}>
      <a className={classes['skip']} href={`#${contentId}`} onClick={skip}>
        {t('skip')}
      </a>
      <Rail view={view} />
      <div className={classes['stage']}>
        <div>
          <TopBar view={view} />
          <RehearsalBanner />
        </div>
        <main id={contentId} tabIndex={-1} className={classes['content']} data-view={view}>
          <ViewBoundary key={`${view} ${presenting}`} fallback={crashed}>
            {settled ? (
              <Suspense fallback={<Waiting />}>
                <ChosenView name={view} />
              </Suspense>
            ) : (
              <Waiting />
            )}
          </ViewBoundary>
        </main>
      </div>
      <FileDrop mayTake={mayTakeFile} onFile={openImport} />
    </div>
  )
}

/** The address belongs to the router, so the skip link moves the focus itself. */
function skip(event: { preventDefault(): void }): void {
  event.preventDefault()
  focusContent()
}

/** What the person sees follows from what main said: no session, no vault yet, a locked or damaged one, or the views. */
function Stage(): ReactNode {
  const started = useStart((store) => store.started)
  const vault = useVault((store) => store.status?.state)
  const hasModels = useModels((store) => store.models.length > 0)
  const { view } = useRoute()
  const page = started && vault !== undefined ? pageOf(vault, hasModels, view) : null
  useContentFocus(page)
  if (page === null) return <Waiting />
  if (page === 'damaged') return <DamagedView />
  if (page === 'locked') return <LockedView />
  return page === 'first run' ? <FirstRunView /> : <Views />
}

type Page = 'damaged' | 'locked' | 'first run' | ViewName

function pageOf(vault: VaultStatus['state'], hasModels: boolean, view: ViewName): Page {
  if (vault === 'damaged') return 'damaged'
  if (view === 'settings') return view
  if (vault === 'locked') return 'locked'
  return vault === 'none' && !hasModels ? 'first run' : view
}

export function Shell() {
  const gone = useConnection((store) => store.connection === 'gone')
  useEffect(() => void start(), [])
  if (gone) return <ConnectionPage />
  return (
    <>
      <Suspense fallback={<Waiting />}>
        <Stage />
      </Suspense>
      <Beside />
    </>
  )
}
