import { useTranslation } from 'react-i18next'
import { passphraseStrength, type Strength } from './passphrase-strength.ts'
import type { ProtectionForm } from './protection-choice.ts'
import classes from './vault.module.css'
import { SecretInput } from '../../ui/secret-input.tsx'

const bars: Record<Strength, number> = { short: 0, weak: 1, fair: 2, strong: 3 }

function StrengthHint({ passphrase }: { passphrase: string }) {
  const { t } = useTranslation('vault')
  const strength = passphraseStrength(passphrase)
  const lit = bars[strength]
  return (
    <div className={classes['strength']} aria-live="polite">
      <span className={classes['bar']} aria-hidden="true">
        {[1, 2, 3].map((bar) => (
          <span key={bar} data-on={bar <= lit ? strength : undefined} />
        ))}
      </span>
      {t(`strength.${strength}`)}
    </div>
  )
}

/** A new passphrase, typed twice, with a hint at its strength. */
export function PassphraseFields({ form: { choice, errors, change } }: { form: ProtectionForm }) {
  const { t } = useTranslation('vault')
  const { t: failureText } = useTranslation('failures')
  return (
    <div className={classes['fields']}>
      <SecretInput
        label={t('passphrase')}
        autoComplete="new-password"
        value={choice.passphrase}
        onChange={(event) => change({ passphrase: event.currentTarget.value })}
        error={errors.passphrase === null ? null : failureText(`field.${errors.passphrase}`)}
        showLabel={t('showPassphrase')}
      />
      <SecretInput
        label={t('again')}
        autoComplete="new-password"
        value={choice.again}
        onChange={(event) => change({ again: event.currentTarget.value })}
        error={errors.differs ? t('differs') : null}
        showLabel={t('showPassphrase')}
      />
      <StrengthHint passphrase={choice.passphrase} />
    </div>
  )
}
