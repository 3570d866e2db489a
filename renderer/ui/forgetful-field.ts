/**
 * For the `ref` of a field that may hold a secret. When the field leaves the page it forgets what it held: React and the
 * browser would else keep it for as long as anything still refers to the removed element. In presentation mode it shows
 * dots (base.css).
 */
export function forgetsOnLeave(field: HTMLInputElement | HTMLTextAreaElement | null): (() => void) | undefined {
  if (field === null) return undefined
  field.dataset['secret'] = ''
  return () => {
    field.value = ''
    field.defaultValue = ''
  }
}

/** One that takes the place of what was pressed, and so its focus. */
export function focusesAndForgets(field: HTMLInputElement | HTMLTextAreaElement | null): (() => void) | undefined {
  field?.focus()
  return forgetsOnLeave(field)
}
