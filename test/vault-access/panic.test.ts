import { expect, it } from 'vitest'
import { createPanic } from '../../electron/vault-access/panic.ts'

it('does each part of panic whatever becomes of the others, and waits for none before it begins the next', async () => {
  const done: string[] = []
  const bugs: unknown[] = []
  const stopping = Promise.withResolvers<void>()
  const fault = new Error('the disk is full')
  const panic = createPanic({
    stopGateway: () => {
      done.push('gateway')
      return stopping.promise
    },
    cutAnswers: () => {
      done.push('answers')
      throw fault
    },
    lockVault: () => {
      done.push('vault')
      return Promise.reject(fault)
    },
    clearClipboard: () => {
      done.push('clipboard')
      throw fault
    },
    reportBug: (error) => bugs.push(error),
  })
  const ended = panic()
  expect(done).toEqual(['clipboard', 'answers', 'vault', 'gateway'])
  stopping.resolve()
  await ended
  expect(bugs).toEqual([fault, fault, fault])
})
