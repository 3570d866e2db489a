import { Checkbox, Radio } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Protection } from '../../../shared/vault.ts'
import { PassphraseFields } from './passphrase-fields.tsx'
import { asksForPassphrase, type ProtectionForm } from './protection-choice.ts'
import classes from './vault.module.css'

/** What this machine keeps opens the vault on this machine only, and perhaps in one of the two hosts only. */
function Besides({ form: { choice, change } }: { form: ProtectionForm }) {
  const { t } = useTranslation('vault')
  const id = useId()
  return (
    <div className={classes['besides']} role="group" aria-labelledby={id}>
      <p id={id} className={classes['dim']}>
        {t('besides.text')}
      </p>
      <Checkbox
        checked={choice.withKit}
        onChange={(event) => change({ withKit: event.currentTarget.checked })}
        label={t('besides.kit')}
      />
      <Checkbox
        checked={choice.withPassphrase}
        onChange={(event) => change({ withPassphrase: event.currentTarget.checked })}
        label={t('besides.passphrase')}
      />
    </div>
  )
}

interface ProtectionFieldsProps {
  offers: readonly Protection[]
  form: ProtectionForm
  labelledBy: string
}

/** How the vault is protected: what this host offers, best first. */
export function ProtectionFields({ offers, form, labelledBy }: ProtectionFieldsProps) {
  const { t } = useTranslation('vault')
  const chosen = form.choice.protection
  return (
    <Radio.Group
      aria-labelledby={labelledBy}
      value={chosen}
      onChange={(value) => {
        const protection = offers.find((offer) => offer === value)
        if (protection !== undefined) form.change({ protection })
      }}
    >
      <div className={classes['choices']}>
        {offers.map((protection) => (
          <div key={protection} className={classes['choice']} data-checked={protection === chosen}>
            <Radio
              value={protection}
              label={t(`protection.${protection}.name`)}
              description={t(`protection.${protection}.text`)}
            />
            {protection === chosen && protection !== 'pass' && <Besides form={form} />}
            {protection === chosen && asksForPassphrase(form.choice) && <PassphraseFields form={form} />}
          </div>
        ))}
      </div>
    </Radio.Group>
  )
}
