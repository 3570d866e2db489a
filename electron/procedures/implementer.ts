import { implement, ORPCError } from '@orpc/server'
import { contract } from '../../shared/contract.ts'
import { Failure } from '../../shared/failure.ts'
import { refuseWhilePresenting, withoutKeyText, type Presentation } from './presentation.ts'

/**
 * The contract, ready to be given its handlers. An expected failure crosses as its code and data; anything else is a
 * bug, which is told to `reportBug` and crosses as INTERNAL_SERVER_ERROR with nothing of its message.
 */
export function createImplementer(reportBug: (error: unknown) => void, presentation: Presentation) {
  const shown = (value: unknown) => (presentation.isOn() ? withoutKeyText(value) : value)
  return implement(contract).use(async ({ next, path }) => {
    try {
      refuseWhilePresenting(presentation, path)
      const result = await next()
      return { ...result, output: shown(result.output) }
    } catch (error) {
      if (error instanceof Failure) throw new ORPCError(error.code, { data: shown(error.data) })
      if (error instanceof ORPCError) throw error
      reportBug(error)
      throw new ORPCError('INTERNAL_SERVER_ERROR', { message: 'INTERNAL_SERVER_ERROR' })
    }
  })
}

export type Implementer = ReturnType<typeof createImplementer>
