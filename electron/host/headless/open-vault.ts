import { ORPCError } from '@orpc/client'
import type { Calls } from './calls.ts'
import { exitCodes, Refused } from './refused.ts'

/** Where a passphrase comes from, one for each attempt; null when there is none to be had. */
export type NextPassphrase = (attempt: number) => Promise<string | null>

const maxAttempts = 3

const ways =
  'Set KEYWHEEL_PASSPHRASE_FILE to a file that holds its passphrase, or start this at a terminal, where it is asked for.'

/** Opens the vault and its interface, which a person at this terminal may do as much as one at the page. */
export async function openVault(calls: Calls, next: NextPassphrase): Promise<void> {
  const { state } = await calls.vault.status()
  if (state === 'none') {
    throw new Refused(
      'There is no vault in this data folder yet. Create one first, with npm start.',
      exitCodes.notOpened,
    )
  }
  if (state === 'damaged') {
    throw new Refused('The vault is damaged. Run npm start: it offers the backups.', exitCodes.notOpened)
  }
  if (await isOpen(calls)) return
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const passphrase = await next(attempt)
    if (passphrase === null) throw new Refused(`The vault is locked. ${ways}`, exitCodes.notOpened)
    if (await isOpenedBy(calls, passphrase)) return
  }
  throw new Refused('The passphrase is wrong.', exitCodes.notOpened)
}

/** Where there is no passphrase, the key file that opened the vault speaks for whoever may read it. */
async function isOpen(calls: Calls): Promise<boolean> {
  const { state, interface: shown, canVerify } = await calls.vault.status()
  if (state !== 'unlocked') return false
  if (shown === 'locked' && !canVerify) await calls.vault.openInterface({ protector: true })
  return shown === 'open' || !canVerify
}

async function isOpenedBy(calls: Calls, passphrase: string): Promise<boolean> {
  try {
    await calls.vault.unlock({ passphrase })
    return true
  } catch (error) {
    if (error instanceof ORPCError && error.code === 'WRONG_PASSPHRASE') return false
    if (error instanceof ORPCError) {
      throw new Refused(`The vault did not open (${error.code}).`, exitCodes.notOpened)
    }
    throw error
  }
}
