import { create } from 'zustand'

/** What was said to the person in this session, newest first, so that it can be read again and taken back later. */
export interface Notice {
  id: number
  atMs: number
  tone: 'done' | 'failure'
  text: string
  /** What can be done about it. */
  next: string | null
  /** Null where nothing can be taken back; each is taken back once. */
  undo: Undo | null
}

export interface Undo {
  run: () => Promise<unknown>
  state: 'offered' | 'running' | 'done'
}

export interface NewNotice {
  tone: Notice['tone']
  text: string
  next?: string
  undo?: Undo['run']
}

interface Notices {
  notices: readonly Notice[]
  unread: number
  /** Whether the list is shown. */
  opened: boolean
}

const keptNotices = 100

export const useNotices = create<Notices>(() => ({ notices: [], unread: 0, opened: false }))

const { getState, setState } = useNotices
let lastId = 0

export function remember({ tone, text, next, undo }: NewNotice): number {
  const id = ++lastId
  const notice: Notice = {
    id,
    atMs: Date.now(),
    tone,
    text,
    next: next ?? null,
    undo: undo === undefined ? null : { run: undo, state: 'offered' },
  }
  const { notices, unread, opened } = getState()
  setState({ notices: [notice, ...notices].slice(0, keptNotices), unread: opened ? 0 : unread + 1 })
  return id
}

export const openNotices = (): void => setState({ opened: true, unread: 0 })
export const closeNotices = (): void => setState({ opened: false })

/** The names in it are not for whoever comes while the vault is locked, and nothing can be taken back then. */
export const forgetNotices = (): void => setState({ notices: [], unread: 0, opened: false })

function setUndo(id: number, state: Undo['state']): void {
  const notices = getState().notices.map((notice) =>
    notice.id === id && notice.undo !== null ? { ...notice, undo: { ...notice.undo, state } } : notice,
  )
  setState({ notices })
}

/** Takes it back, once: what is asked for twice, by a double click or in two places, runs once. Answers what it was. */
export async function takeBack(id: number): Promise<Notice | null> {
  const notice = getState().notices.find((one) => one.id === id)
  if (notice?.undo?.state !== 'offered') return null
  setUndo(id, 'running')
  try {
    await notice.undo.run()
  } catch (error) {
    setUndo(id, 'offered')
    throw error
  }
  setUndo(id, 'done')
  return notice
}

/** The last thing that can be taken back. */
export const lastOffered = (notices: readonly Notice[]): Notice | undefined =>
  notices.find(({ undo }) => undo?.state === 'offered')
