/** As the ref of a field that a person has just asked for: they go on typing where it appears. */
export const focused = (field: HTMLElement | null): void => field?.focus()
