import { useEffect, useRef, useState } from 'react'
import classes from './keys-table.module.css'

interface InlineEditProps {
  /** Names the field to those who do not see the table. */
  label: string
  value: string
  kind: 'text' | 'number'
  strong?: boolean
  /** Saves; answers what is wrong, or null when it was taken. */
  save: (value: string) => Promise<string | null>
}

/** A cell that becomes a field: Enter or leaving it saves, Esc takes nothing. */
export function InlineEdit({ label, value, kind, strong = false, save }: InlineEditProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  // Enter and Esc end the edit before the field loses the focus, which must not end it a second time.
  const ended = useRef(true)
  const field = useRef<HTMLInputElement>(null)
  const cell = useRef<HTMLButtonElement>(null)
  // Whoever ends the edit by a key goes on from the cell; whoever leaves the field has gone elsewhere.
  const byKey = useRef(false)
  const editing = draft !== null
  useEffect(() => {
    if (editing) field.current?.select()
    else if (byKey.current) cell.current?.focus()
    byKey.current = false
  }, [editing])
  const number = kind === 'number' || undefined
  const open = () => {
    ended.current = false
    setDraft(value)
  }
  const close = () => {
    ended.current = true
    setDraft(null)
    setError(null)
  }
  const finish = async (text: string) => {
    if (ended.current) return
    if (text.trim() === value) return close()
    ended.current = true
    const wrong = await save(text.trim())
    if (wrong === null) return close()
    ended.current = false
    setError(wrong)
  }
  if (draft === null) {
    return (
      <button
        type="button"
        ref={cell}
        className={classes['edit']}
        data-strong={strong || undefined}
        data-number={number}
        aria-label={`${label}: ${value}`}
        title={value}
        onClick={open}
      >
        {value}
      </button>
    )
  }
  return (
    <span>
      <input
        className={classes['editField']}
        data-number={number}
        aria-label={label}
        aria-invalid={error !== null}
        inputMode={number ? 'numeric' : 'text'}
        ref={field}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={() => {
          byKey.current = false
          void finish(draft)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          byKey.current = event.key === 'Enter' || event.key === 'Escape'
          if (event.key === 'Enter') void finish(draft)
          if (event.key === 'Escape') close()
          // The arrows that move a row belong to the field here.
          if (byKey.current || event.altKey) event.stopPropagation()
        }}
      />
      {error !== null && (
        <span className={classes['editError']} role="alert">
          {error}
        </span>
      )}
    </span>
  )
}
