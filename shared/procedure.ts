import { oc } from '@orpc/contract'
import * as z from 'zod'
import { failureData, type FailureCode } from './failure.ts'

const errors = Object.fromEntries(Object.entries(failureData).map(([code, data]) => [code, { data }])) as {
  [C in FailureCode]: { data: (typeof failureData)[C] }
}
/** Whatever is asked may fail with any of our codes. */
export const procedure = oc.errors(errors)
export const nothing = z.void()
