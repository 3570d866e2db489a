import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formSentences } from './failure-message.ts'
import { showFailure } from './toast.tsx'
import { useIsThere } from '../ui/use-is-there.ts'

/** What is wrong with a form, by the name of the field; what no field is about stands under `form`. */
export type FormErrors = Partial<Record<string, string>>

/**
 * Saves what a form holds, and keeps why it could not be saved until something in it is changed. Of a form that was left
 * meanwhile that is said where everything is said.
 */
export function useFormSave() {
  const { t } = useTranslation('failures')
  const [errors, setErrors] = useState<FormErrors>({})
  const [busy, setBusy] = useState(false)
  const isThere = useIsThere()
  /** Never rejects. */
  const save = async (saving: () => Promise<unknown>) => {
    setBusy(true)
    try {
      await saving()
    } catch (error) {
      if (isThere()) setErrors(formSentences(error, t))
      else showFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return { errors, setErrors, busy, save }
}
