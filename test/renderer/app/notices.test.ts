import { beforeEach, describe, expect, it } from 'vitest'
import {
  closeNotices,
  forgetNotices,
  lastOffered,
  openNotices,
  remember,
  takeBack,
  useNotices,
} from '../../../renderer/app/notices.ts'

const { getState } = useNotices
const texts = () => getState().notices.map(({ text }) => text)
const undoStateOf = (id: number) => getState().notices.find((notice) => notice.id === id)?.undo?.state

describe('what was said', () => {
  beforeEach(forgetNotices)

  it('is listed newest first, with its next step', () => {
    remember({ tone: 'done', text: 'saved' })
    remember({ tone: 'failure', text: 'refused', next: 'test it again' })
    expect(texts()).toEqual(['refused', 'saved'])
    expect(getState().notices[0]).toMatchObject({ tone: 'failure', next: 'test it again', undo: null })
  })

  it('counts as unread until the list is opened, and not while it is', () => {
    remember({ tone: 'done', text: 'one' })
    remember({ tone: 'done', text: 'two' })
    expect(getState().unread).toBe(2)
    openNotices()
    remember({ tone: 'done', text: 'three' })
    expect(getState().unread).toBe(0)
    closeNotices()
    remember({ tone: 'done', text: 'four' })
    expect(getState().unread).toBe(1)
  })

  it('is kept for the last hundred, and forgotten when the vault locks', () => {
    for (let number = 1; number <= 130; number += 1) remember({ tone: 'done', text: String(number) })
    expect(texts()).toHaveLength(100)
    expect(texts()[0]).toBe('130')
    forgetNotices()
    expect(texts()).toEqual([])
    expect(getState().unread).toBe(0)
  })
})

describe('taking back', () => {
  beforeEach(forgetNotices)

  it('runs once, however often it is asked for', async () => {
    let runs = 0
    const id = remember({ tone: 'done', text: 'deleted', undo: async () => void (runs += 1) })
    const [first, second] = await Promise.all([takeBack(id), takeBack(id)])
    expect(first?.text).toBe('deleted')
    expect(second).toBeNull()
    expect(await takeBack(id)).toBeNull()
    expect(runs).toBe(1)
    expect(undoStateOf(id)).toBe('done')
  })

  it('is offered again when it failed', async () => {
    let refuses = true
    const id = remember({
      tone: 'done',
      text: 'deleted',
      undo: async () => {
        if (refuses) throw new Error('the connection was lost')
      },
    })
    await expect(takeBack(id)).rejects.toThrow('the connection was lost')
    expect(undoStateOf(id)).toBe('offered')
    refuses = false
    expect(await takeBack(id)).toMatchObject({ id })
  })

  it('goes back step by step, over what cannot be taken back', async () => {
    const order: string[] = []
    const undo = (name: string) => async () => void order.push(name)
    remember({ tone: 'done', text: 'first', undo: undo('first') })
    remember({ tone: 'done', text: 'second', undo: undo('second') })
    remember({ tone: 'done', text: 'copied' })
    for (let step = lastOffered(getState().notices); step; step = lastOffered(getState().notices)) {
      await takeBack(step.id)
    }
    expect(order).toEqual(['second', 'first'])
  })
})
