import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import type { Ref } from 'react'
import { forgetsOnLeave } from './forgetful-field.ts'

interface SecretInputProps extends PasswordInputProps {
  /** What the button says that shows what was typed. */
  showLabel: string
  ref?: Ref<HTMLInputElement>
}

/** One secret in dots; it forgets what it held when it leaves the page, and says when it is wrong. */
export function SecretInput({ showLabel, error, ...rest }: SecretInputProps) {
  return (
    <PasswordInput
      ref={forgetsOnLeave}
      error={error}
      // Mantine marks every other field by itself.
      aria-invalid={error ? true : undefined}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': showLabel }}
      {...rest}
    />
  )
}
