import type { NewVault } from '../../../shared/vault.ts'
import { makeKit } from '../../app/kit-store.ts'
import { showFailure } from '../../app/toast.tsx'
import { useVault } from '../../app/vault-store.ts'
import { asksForKit, type ProtectionChoice } from './protection-choice.ts'

/** Creates the vault, and shows its kit if one was wanted. A kit that cannot be made leaves the vault as it is. */
export async function createVault(vault: NewVault, choice: ProtectionChoice): Promise<void> {
  await useVault.getState().create(vault)
  if (asksForKit(choice)) await makeKit().catch(showFailure)
}
