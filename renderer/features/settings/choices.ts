/** The usual choices, and what is set although it is none of them: a settings file may be edited by hand. */
export const choicesWith = (usual: readonly number[], current: number): number[] =>
  [...new Set([...usual, current])].toSorted((a, b) => a - b)
