import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './parameters.module.css'

interface ResettableProps {
  label: string
  isSet: boolean
  onReset: () => void
  children: ReactNode
}

/** A field under its name, with the way back to the default beside it once it was set. */
export function Resettable({ label, isSet, onReset, children }: ResettableProps) {
  const { t } = useTranslation('playground')
  return (
    <div className={classes['field']}>
      <div className={classes['fieldHead']}>
        <span aria-hidden="true" className={classes['fieldName']}>
          {label}
        </span>
        {isSet && (
          <UnstyledButton
            className={classes['reset']}
            aria-label={t('settings.resetOne', { name: label })}
            onClick={onReset}
          >
            {t('settings.reset')}
          </UnstyledButton>
        )}
      </div>
      {children}
    </div>
  )
}
