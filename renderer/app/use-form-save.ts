import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formSentences } from './failure-message.ts'

/** What is wrong with a form, by the name of the field; what no field is about stands under `form`. */
export type FormErrors = Partial<Record<string, string>>

/** Saves what a form holds, and keeps why it could not be saved until something in it is changed. */
export function useFormSave() {
  const { t } = useTranslation('failures')
  const [errors, setErrors] = useState<FormErrors>({})
  const [busy, setBusy] = useState(false)
  /** Never rejects. */
  const save = async (saving: () => Promise<unknown>) => {
    setBusy(true)
    try {
      await saving()
    } catch (error) {
      setErrors(formSentences(error, t))
    } finally {
      setBusy(false)
    }
  }
  return { errors, setErrors, busy, save }
}
