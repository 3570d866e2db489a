import { Menu } from '@mantine/core'
import {
  IconArrowBackUp,
  IconClockPause,
  IconCoin,
  IconCopy,
  IconDots,
  IconEdit,
  IconEye,
  IconPlayerPause,
  IconPlayerPlay,
  IconReplace,
  IconTrash,
} from '@tabler/icons-react'
import { useRef, useState, type ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { presetAt } from '../../../shared/provider-presets.ts'
import { showBalance } from './balance.ts'
import { removeKeys, restoreSecret, setPaused } from './key-actions.ts'
import { masked } from './masked.ts'
import classes from './keys-table.module.css'
import { usePauseUntil } from './pause-store.ts'
import { inAnHour, tomorrow } from './pause-times.ts'
import { copyKey, revealKey } from './reveal.ts'

interface Which {
  model: ModelView
  keyView: KeyView
}

interface Doors extends Which {
  onReplace: () => void
  onEdit: () => void
}

/** A gesture each; the simulator's keys are worth nothing, so that there is nothing to show. */
function SecretItems({ model, keyView }: Which) {
  const { t } = useTranslation('models')
  const which = { modelId: model.id, id: keyView.id, label: keyView.label }
  return (
    <>
      <Menu.Item leftSection={<IconEye size={15} aria-hidden="true" />} onClick={() => revealKey(which)}>
        {t('reveal.open')}
      </Menu.Item>
      <Menu.Item leftSection={<IconCopy size={15} aria-hidden="true" />} onClick={() => copyKey(which)}>
        {t('reveal.copy')}
      </Menu.Item>
      <Menu.Divider />
    </>
  )
}

const clock = <IconClockPause size={15} aria-hidden="true" />

/** How long it rests; a key that is paused is resumed, or paused for another time. */
function PauseItems({ model, keyView }: Which) {
  const { t } = useTranslation('models')
  const until = usePauseUntil()
  const ids = [keyView.id]
  const pauseUntil = (untilMs: number) => setPaused(model.id, ids, true, untilMs)
  return (
    <>
      <Menu.Item leftSection={clock} onClick={() => pauseUntil(inAnHour(Date.now()))}>
        {t('pauseHour')}
      </Menu.Item>
      <Menu.Item leftSection={clock} onClick={() => pauseUntil(tomorrow(Date.now()))}>
        {t('pauseTomorrow')}
      </Menu.Item>
      <Menu.Item leftSection={clock} onClick={() => until.ask({ modelId: model.id, ids })}>
        {t('pauseUntil.open')}
      </Menu.Item>
    </>
  )
}

function Items({ model, keyView, onReplace, onEdit }: Doors) {
  const { t } = useTranslation('models')
  const paused = keyView.state.kind === 'paused'
  const PauseIcon = paused ? IconPlayerPlay : IconPlayerPause
  return (
    <>
      <Menu.Item leftSection={<IconEdit size={15} aria-hidden="true" />} onClick={onEdit}>
        {t('terms.open')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<PauseIcon size={15} aria-hidden="true" />}
        onClick={() => setPaused(model.id, [keyView.id], !paused)}
      >
        {t(paused ? 'resume' : 'pause')}
      </Menu.Item>
      <PauseItems model={model} keyView={keyView} />
      <Menu.Divider />
      {presetAt(model.apiBase)?.balance && (
        <Menu.Item leftSection={<IconCoin size={15} aria-hidden="true" />} onClick={() => showBalance(model, keyView)}>
          {t('balance.open')}
        </Menu.Item>
      )}
      {model.origin === 'vault' && <SecretItems model={model} keyView={keyView} />}
      <Menu.Item leftSection={<IconReplace size={15} aria-hidden="true" />} onClick={onReplace}>
        {t('replace')}
      </Menu.Item>
      {keyView.replaced !== null && (
        <Menu.Item
          leftSection={<IconArrowBackUp size={15} aria-hidden="true" />}
          onClick={() => restoreSecret(model.id, keyView.id, keyView.label)}
        >
          {t('goBack', { old: masked(keyView.replaced.lastFour) })}
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item
        className={classes['danger']}
        leftSection={<IconTrash size={15} aria-hidden="true" />}
        onClick={() => removeKeys(model.id, [keyView.id])}
      >
        {t('delete')}
      </Menu.Item>
    </>
  )
}

function Dots(props: ComponentProps<'button'>) {
  return (
    <button type="button" {...props} className={classes['rowButton']} data-square>
      <IconDots size={16} aria-hidden="true" />
    </button>
  )
}

/** A menu is built when it is opened: a table of thousands of rows has one in each. */
export function RowMenu(doors: Doors) {
  const { t } = useTranslation('models')
  const [opened, setOpened] = useState(false)
  // The button is another one after the menu has gone, and has the focus that the menu took.
  const hasClosed = useRef(false)
  const label = t('moreFor', { label: doors.keyView.label })
  if (!opened) {
    return (
      <Dots
        aria-label={label}
        aria-haspopup="menu"
        onClick={() => setOpened(true)}
        ref={(button) => {
          if (hasClosed.current) button?.focus()
          hasClosed.current = false
        }}
      />
    )
  }
  return (
    <Menu
      opened
      position="bottom-end"
      onChange={() => {
        hasClosed.current = true
        setOpened(false)
      }}
    >
      <Menu.Target>
        <Dots aria-label={label} />
      </Menu.Target>
      <Menu.Dropdown>
        <Items {...doors} />
      </Menu.Dropdown>
    </Menu>
  )
}
