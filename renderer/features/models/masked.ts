import { isPresenting } from '../../app/presentation.ts'

/**
 * Nothing of a secret but its last four characters, and nothing at all of a short one. In presentation mode not even
 * those: a key that was just pasted comes from no answer of main's.
 */
export const masked = (lastFour: string): string => (isPresenting() ? '…' : `…${lastFour}`)
