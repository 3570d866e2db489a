import { Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { attempt } from '../../app/toast.tsx'
import { editModel } from './key-actions.ts'
import { strategies } from './model-draft.ts'
import classes from './keys-table.module.css'

/** Whose turn it is, and the other ways to decide that, each with what it does. */
export function StrategyMenu({ model }: { model: ModelView }) {
  const { t } = useTranslation('models')
  const name = t(`strategy.${model.strategy}.name`)
  return (
    <Menu position="bottom-end" width={320}>
      <Menu.Target>
        <button type="button" className={classes['rowButton']} aria-label={t('strategyLabel', { name })}>
          {name} <IconChevronDown size={12} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {strategies.map((strategy) => (
          <Menu.Item
            key={strategy}
            rightSection={strategy === model.strategy ? <IconCheck size={14} aria-hidden="true" /> : null}
            onClick={() => {
              if (strategy !== model.strategy) attempt(() => editModel(model, { strategy }, false))
            }}
          >
            {t(`strategy.${strategy}.name`)}
            <span className={classes['choiceText']}>{t(`strategy.${strategy}.text`)}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
