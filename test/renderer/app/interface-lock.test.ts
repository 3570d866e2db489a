import { ORPCError, type ClientLink } from '@orpc/client'
import { afterEach, describe, expect, it } from 'vitest'
import { answerAskToOpen, askToOpen, openingLink, useInterfaceLock } from '../../../renderer/app/interface-lock.ts'

const locked = () => new ORPCError('INTERFACE_LOCKED', { defined: true, data: {} })

/** Main, which refuses until the interface is open, and remembers what it was asked. */
function aMain() {
  const main = { open: false, asked: [] as unknown[] }
  const link: ClientLink<object> = {
    async call(path, input) {
      main.asked.push(input)
      if (path[0] === 'broken') throw new ORPCError('DISK_FULL', { defined: true, data: {} })
      if (!main.open) throw locked()
      return `answer to ${String(input)}`
    },
  }
  return { main, link }
}
const call = (link: ClientLink<object>, input: string, path = ['keys', 'reveal']) =>
  link.call(path, input, { context: {} })

afterEach(() => answerAskToOpen(false))

describe('a call that finds the interface locked', () => {
  it('goes on with what was asked for once the person has opened it', async () => {
    const { main, link } = aMain()
    const opening = openingLink(link, async () => (main.open = true))
    expect(await call(opening, 'a')).toBe('answer to a')
    expect(main.asked).toEqual(['a', 'a'])
  })

  it('fails as main refused it when the question is put aside', async () => {
    const { main, link } = aMain()
    const opening = openingLink(link, async () => false)
    await expect(call(opening, 'a')).rejects.toMatchObject({ code: 'INTERFACE_LOCKED' })
    expect(main.asked).toEqual(['a'])
  })

  it('does not ask a second time when it is refused again', async () => {
    const { link } = aMain()
    let questions = 0
    const opening = openingLink(link, async () => {
      questions += 1
      return true
    })
    await expect(call(opening, 'a')).rejects.toMatchObject({ code: 'INTERFACE_LOCKED' })
    expect(questions).toBe(1)
  })

  it('is asked about in one question, however many calls wait for it', async () => {
    const { main, link } = aMain()
    const opening = openingLink(link, askToOpen)
    const calls = [call(opening, 'a'), call(opening, 'b')]
    await expect.poll(() => useInterfaceLock.getState().asking).toBe(true)
    main.open = true
    answerAskToOpen(true)
    expect(await Promise.all(calls)).toEqual(['answer to a', 'answer to b'])
    expect(useInterfaceLock.getState().asking).toBe(false)
  })
})

it('a call that fails for another reason asks nothing', async () => {
  const { link } = aMain()
  const opening = openingLink(link, () => Promise.reject(new Error('asked')))
  await expect(call(opening, 'a', ['broken'])).rejects.toMatchObject({ code: 'DISK_FULL' })
})
