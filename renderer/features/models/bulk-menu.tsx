import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyId } from '../../../shared/identity.ts'
import type { ModelView } from '../../../shared/model.ts'
import { EditMany, MoveKeys, PauseUntil } from './dialogs.ts'
import { setPaused } from './key-actions.ts'
import { inAnHour, tomorrow } from './pause-times.ts'

type Open = 'until' | 'move' | 'label' | 'account'

interface BulkMenuProps {
  model: ModelView
  ids: KeyId[]
}

/** What else can be done to the chosen keys. */
export function BulkMenu({ model, ids }: BulkMenuProps) {
  const { t } = useTranslation('models')
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const pauseUntil = (untilMs: number) => setPaused(model.id, ids, true, untilMs)
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            variant="default"
            disabled={ids.length === 0}
            rightSection={<IconChevronDown size={14} aria-hidden="true" />}
          >
            {t('more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => pauseUntil(inAnHour(Date.now()))}>{t('pauseHour')}</Menu.Item>
          <Menu.Item onClick={() => pauseUntil(tomorrow(Date.now()))}>{t('pauseTomorrow')}</Menu.Item>
          <Menu.Item onClick={() => setOpen('until')}>{t('pauseUntil.open')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => setOpen('move')}>{t('moveTo.open')}</Menu.Item>
          <Menu.Item onClick={() => setOpen('label')}>{t('many.labelOpen')}</Menu.Item>
          <Menu.Item onClick={() => setOpen('account')}>{t('many.accountOpen')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {open === 'until' && <PauseUntil model={model} ids={ids} onClose={close} />}
        {open === 'move' && <MoveKeys model={model} ids={ids} onClose={close} />}
        {(open === 'label' || open === 'account') && <EditMany model={model} ids={ids} field={open} onClose={close} />}
      </Suspense>
    </>
  )
}
