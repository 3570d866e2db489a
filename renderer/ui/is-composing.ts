import type { KeyboardEvent } from 'react'

/** Some browsers end the composition before they tell of the key that ended it, and mark that key by its old number. */
const oldNumberOfComposition = 229

/** Whether a key belongs to an input method, whose Enter only ends its own word. */
export const isComposing = ({ nativeEvent }: KeyboardEvent): boolean =>
  nativeEvent.isComposing || nativeEvent.keyCode === oldNumberOfComposition
