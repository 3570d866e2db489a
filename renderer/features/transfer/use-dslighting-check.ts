import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DslightingCheckView } from '../../../shared/dslighting.ts'
import { client } from '../../app/client.ts'
import { procedureSentence, refusalSentence, type Sentence } from '../../app/failure-message.ts'
import { useImportInbox, type OfferedFile } from '../../app/import-inbox.ts'
import { showFailure } from '../../app/toast.tsx'

export type CheckState =
  | { kind: 'empty' }
  | { kind: 'reading'; name: string }
  | { kind: 'refused'; name: string; sentence: Sentence }
  /** The check now, and the ones from before each change. */
  | { kind: 'checked'; name: string; now: DslightingCheckView; before: readonly DslightingCheckView[]; busy: boolean }

/** Has main check what was dropped or pasted, and make the changes that were chosen; main keeps the file. */
export function useDslightingCheck() {
  const { t } = useTranslation('failures')
  const [state, setState] = useState<CheckState>({ kind: 'empty' })
  /** What was asked before is no longer wanted once something else was. */
  const asked = useRef(0)
  const offered = useImportInbox((store) => store.offered)

  const read = async (name: string, check: () => Promise<DslightingCheckView>) => {
    const mine = ++asked.current
    setState({ kind: 'reading', name })
    try {
      const now = await check()
      if (mine === asked.current) setState({ kind: 'checked', name, now, before: [], busy: false })
    } catch (error) {
      if (mine === asked.current) setState({ kind: 'refused', name, sentence: procedureSentence(error, t) })
    }
  }

  const readFile = (file: OfferedFile) => {
    const { name } = file
    if (file.kind === 'ready') {
      return read(name, () => client.dslighting.check({ base64: file.base64, fileName: name.slice(0, 255) }))
    }
    setState({
      kind: 'refused',
      name,
      sentence: refusalSentence({ reason: 'too-large', line: null, column: null }, t),
    })
    return undefined
  }

  useEffect(() => {
    if (offered === null) return
    const file = useImportInbox.getState().take()
    if (file !== null) void readFile(file)
    // Only a new offer starts a reading; what `readFile` closes over does not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [offered])

  const change = async (make: (id: string) => Promise<DslightingCheckView>): Promise<boolean> => {
    if (state.kind !== 'checked' || state.busy) return false
    const mine = ++asked.current
    setState({ ...state, busy: true })
    try {
      const now = await make(state.now.id)
      if (mine !== asked.current) return false
      setState({ ...state, now, before: [...state.before, state.now], busy: false })
      return true
    } catch (error) {
      if (mine !== asked.current) return false
      setState({ ...state, busy: false })
      showFailure(error)
      return false
    }
  }

  return {
    state,
    checkExport: (name: string) => void read(name, () => client.dslighting.checkExport()),
    fix: (trap: number) => change((id) => client.dslighting.fix({ id, trap })),
    fixAll: () => change((id) => client.dslighting.fixAll({ id })),
    undo() {
      if (state.kind !== 'checked') return
      const now = state.before.at(-1)
      if (now !== undefined) setState({ ...state, now, before: state.before.slice(0, -1) })
    },
    reset() {
      asked.current += 1
      setState({ kind: 'empty' })
    },
  }
}
