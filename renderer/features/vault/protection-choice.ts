import { useState } from 'react'
import type { NewVault, Protection } from '../../../shared/vault.ts'
import { minPassphraseLength } from './passphrase-strength.ts'

export type PassphraseError = 'passphrase_too_short' | 'passphrase_too_long'

export interface ProtectionChoice {
  protection: Protection
  /** What opens the vault where its keychain or key file is not. */
  withKit: boolean
  withPassphrase: boolean
  passphrase: string
  again: string
}

/** Whether a passphrase is to be typed, by itself or beside what the machine keeps. */
export const asksForPassphrase = ({
  protection,
  withPassphrase,
}: Pick<ProtectionChoice, 'protection' | 'withPassphrase'>): boolean => protection === 'pass' || withPassphrase

/** A vault that this machine opens by itself gets a kit as soon as it is there, if that was chosen. */
export const asksForKit = ({ protection, withKit }: Pick<ProtectionChoice, 'protection' | 'withKit'>): boolean =>
  protection !== 'pass' && withKit

/** A passphrase was begun that leaving would lose. */
export const isTyped = ({ passphrase, again }: Pick<ProtectionChoice, 'passphrase' | 'again'>): boolean =>
  passphrase !== '' || again !== ''

export interface ChoiceErrors {
  passphrase: PassphraseError | null
  differs: boolean
}

/** Before main has answered. */
export const noOffers: readonly Protection[] = []

export const noErrors: ChoiceErrors = { passphrase: null, differs: false }

const maxPassphraseLength = 1024

/** What is wrong with the choice; the same limits as main's, shown before anything is sent. */
export function errorsOf(choice: ProtectionChoice): ChoiceErrors {
  const { passphrase, again } = choice
  if (!asksForPassphrase(choice)) return noErrors
  if (passphrase.length < minPassphraseLength) return { passphrase: 'passphrase_too_short', differs: false }
  if (passphrase.length > maxPassphraseLength) return { passphrase: 'passphrase_too_long', differs: false }
  return { passphrase: null, differs: passphrase !== again }
}

export function newVaultOf({ protection, withPassphrase, passphrase }: ProtectionChoice): NewVault {
  if (protection === 'pass') return { protection, passphrase }
  return withPassphrase ? { protection, passphrase } : { protection }
}

/** The state of the form. `check` answers the vault to create, or shows what is missing and answers null. */
export function useProtectionChoice(offers: readonly Protection[]) {
  const [choice, setChoice] = useState<ProtectionChoice>({
    protection: offers[0] ?? 'pass',
    withKit: true,
    withPassphrase: false,
    passphrase: '',
    again: '',
  })
  const [errors, setErrors] = useState<ChoiceErrors>(noErrors)
  return {
    choice,
    errors,
    change: (edit: Partial<ProtectionChoice>) => {
      setChoice({ ...choice, ...edit })
      setErrors(noErrors)
    },
    check: (): NewVault | null => {
      const found = errorsOf(choice)
      setErrors(found)
      return found.passphrase === null && !found.differs ? newVaultOf(choice) : null
    },
  }
}
export type ProtectionForm = ReturnType<typeof useProtectionChoice>
