import { implement, ORPCError } from '@orpc/server'
import { contract } from '../../shared/contract.ts'
import { Failure } from '../../shared/failure.ts'

/**
 * The contract, ready to be given its handlers. An expected failure crosses as its code and data; anything else is a
 * bug, which is told to `reportBug` and crosses as INTERNAL_SERVER_ERROR with nothing of its message.
 */
export function createImplementer(reportBug: (error: unknown) => void) {
  return implement(contract).use(async ({ next }) => {
    try {
      return await next()
    } catch (error) {
      if (error instanceof Failure) throw new ORPCError(error.code, { data: error.data })
      if (error instanceof ORPCError) throw error
      reportBug(error)
      throw new ORPCError('INTERNAL_SERVER_ERROR', { message: 'INTERNAL_SERVER_ERROR' })
    }
  })
}

export type Implementer = ReturnType<typeof createImplementer>
