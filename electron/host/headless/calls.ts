import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '../../../shared/contract.ts'

/** What a command asks of the application, whether it runs in this process or in another. */
export type Calls = Pick<ContractRouterClient<typeof contract>, 'vault' | 'gateway' | 'models'>
