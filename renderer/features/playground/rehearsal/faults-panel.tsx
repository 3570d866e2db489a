import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../../shared/model.ts'
import type { InjectionView, RehearsalReach, RehearsalView, RehearsedKey } from '../../../../shared/rehearsal.ts'
import { client } from '../../../app/client.ts'
import { useRehearsal } from '../../../app/rehearsal-store.ts'
import { navigate } from '../../../app/router.ts'
import { attempt } from '../../../app/toast.tsx'
import { useLiveNow } from '../../../app/use-live.ts'
import { formatSpan } from '../../../ui/format.ts'
import { PlainTable } from '../../../ui/plain-table.tsx'
import { KeyStateBadge } from '../../../ui/key-state-badge.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { isCallable } from './callable-keys.ts'
import { FaultForm } from './fault-form.tsx'
import classes from './rehearsal.module.css'
import { RehearsedWheel } from './rehearsed-wheel.tsx'
import { Happening } from './scenario-result.tsx'
import { attemptsOf } from './wheel-story.ts'

interface FaultsPanelProps {
  model: ModelView
  rehearsal: RehearsalView | null
}

const become = (call: Promise<Awaited<ReturnType<typeof client.rehearsal.status>>>) =>
  attempt(() => useRehearsal.getState().become(call))

/** Failures by hand: which key meets what, while the chat, and the gateway if a person wants it, goes through them. */
export function FaultsPanel({ model, rehearsal }: FaultsPanelProps) {
  const { t } = useTranslation('rehearsal')
  const [reach, setReach] = useState<RehearsalReach | null>(null)
  // What costs nothing goes through; a provider's answers cost money.
  const wanted = reach ?? { answersHere: model.origin === 'vault', includesGateway: false }
  const shown = rehearsal ?? wanted
  const change = (next: RehearsalReach) => {
    setReach(next)
    if (rehearsal) become(client.rehearsal.change(next))
  }
  return (
    <Panel title={t('faults.title')}>
      <p className={classes['hint']}>{t('faults.hint')}</p>
      <div className={classes['reach']}>
        <Checkbox
          label={t('faults.answersHere')}
          description={shown.answersHere ? t('faults.answersHereOn') : t(`faults.answersHereOff.${model.origin}`)}
          checked={shown.answersHere}
          onChange={(event) =>
            change({ answersHere: event.currentTarget.checked, includesGateway: shown.includesGateway })
          }
        />
        <Checkbox
          label={t('faults.includesGateway')}
          description={t('faults.includesGatewayHint')}
          checked={shown.includesGateway}
          onChange={(event) => change({ answersHere: shown.answersHere, includesGateway: event.currentTarget.checked })}
        />
      </div>
      {rehearsal ? (
        <Running rehearsal={rehearsal} />
      ) : (
        <div className={classes['cardFoot']}>
          <Button
            disabled={!model.keys.some(isCallable)}
            onClick={() => become(client.rehearsal.begin({ modelId: model.id, ...wanted }))}
          >
            {t('faults.begin')}
          </Button>
          {!model.keys.some(isCallable) && <span className={classes['dim']}>{t('scenarios.needs', { count: 1 })}</span>}
        </div>
      )}
    </Panel>
  )
}

function Running({ rehearsal }: { rehearsal: RehearsalView }) {
  const { t } = useTranslation('rehearsal')
  const [isSending, setIsSending] = useState(false)
  const send = (count: number) =>
    attempt(async () => {
      setIsSending(true)
      await client.rehearsal.send({ prompt: t('prompt'), count }).finally(() => setIsSending(false))
    })
  return (
    <>
      <FaultForm rehearsal={rehearsal} />
      <div className={classes['faultKeys']}>
        <LiveWheel rehearsal={rehearsal} />
        <div>
          <KeysTable rehearsal={rehearsal} />
        </div>
      </div>
      <div className={classes['actions']}>
        <Button variant="light" loading={isSending} onClick={() => send(1)}>
          {t('faults.sendOne')}
        </Button>
        <Button variant="light" disabled={isSending} onClick={() => send(5)}>
          {t('faults.sendFive')}
        </Button>
        <Button variant="default" onClick={() => navigate('playground', 'chat')}>
          {t('faults.chat')}
        </Button>
        <Button variant="default" onClick={() => become(client.rehearsal.end())}>
          {t('banner.end')}
        </Button>
      </div>
      {rehearsal.requests.length > 0 && (
        <section aria-label={t('faults.requests')}>
          <h3 className={classes['side']}>{t('faults.requests')}</h3>
          <ul className={classes['requests']}>
            {rehearsal.requests.map((request) => (
              <li key={request.id}>
                <Happening request={request} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** What came of the last request, and who is next. */
function LiveWheel({ rehearsal: { modelId, keys, requests, nextKeyId } }: { rehearsal: RehearsalView }) {
  const [last, ...before] = requests
  return (
    <RehearsedWheel
      modelId={modelId}
      keys={keys}
      attempts={last?.attempts ?? []}
      earlier={attemptsOf(before.toReversed())}
      nextKeyId={nextKeyId}
      nowMs={useLiveNow(250)}
    />
  )
}

function KeysTable({ rehearsal }: { rehearsal: RehearsalView }) {
  const { t } = useTranslation('rehearsal')
  const nowMs = useNow()
  const { keys, keyCount, nextKeyId } = rehearsal
  return (
    <>
      <PlainTable label={t('faults.keys')}>
        <thead>
          <tr>
            <th scope="col">{t('faults.key')}</th>
            <th scope="col">{t('faults.state')}</th>
            <th scope="col">{t('faults.meets')}</th>
            <th scope="col" data-number>
              {t('faults.called')}
            </th>
            <th scope="col">
              <span className="kw-visually-hidden">{t('faults.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key, index) => (
            <KeyRow key={key.keyId} number={index + 1} rehearsed={key} isNext={key.keyId === nextKeyId} nowMs={nowMs} />
          ))}
        </tbody>
      </PlainTable>
      {keyCount > keys.length && (
        <p className={classes['dim']}>{t('faults.moreKeys', { count: keyCount - keys.length })}</p>
      )}
    </>
  )
}

interface KeyRowProps {
  /** The one that the wheel shows. */
  number: number
  rehearsed: RehearsedKey
  isNext: boolean
  nowMs: number
}

function KeyRow({ number, rehearsed, isNext, nowMs }: KeyRowProps) {
  const { t } = useTranslation('rehearsal')
  const { t: wheel } = useTranslation('wheel')
  const { keyId, label, state, calls, injection } = rehearsed
  return (
    <tr>
      <th scope="row">
        {wheel('key', { number, label })}
        {isNext && <span className={classes['next']}>{t('faults.next')}</span>}
      </th>
      <td>
        <KeyStateBadge state={state} nowMs={nowMs} />
      </td>
      <td>
        {injection ? <Injection injection={injection} nowMs={nowMs} /> : <span className={classes['dim']}>–</span>}
      </td>
      <td data-number>{calls}</td>
      <td>
        {injection && (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={t('faults.clearNamed', { key: label })}
            onClick={() => become(client.rehearsal.clear({ keyId }))}
          >
            {t('faults.clear')}
          </Button>
        )}
      </td>
    </tr>
  )
}

function Injection({ injection: { fault, left }, nowMs }: { injection: InjectionView; nowMs: number }) {
  const { t, i18n } = useTranslation('rehearsal')
  const rest =
    left.kind === 'calls'
      ? t('left.calls', { count: left.calls })
      : left.kind === 'time'
        ? t('left.time', { span: formatSpan(left.untilMs - nowMs, i18n.language) })
        : t('left.always')
  return (
    <>
      {t(`fault.${fault.kind}`)} <span className={classes['dim']}>{rest}</span>
    </>
  )
}
