/** A place in the file as a person finds it; both count from 1, the column in UTF-16 units as editors do. */
export interface Place {
  line: number
  column: number
}

export type Locate = (offset: number) => Place

/** Line starts are found once; each question is a binary search. CR LF, LF and a lone CR end a line. */
export function createLocator(text: string): Locate {
  const starts = [0]
  for (const end of text.matchAll(/\r\n?|\n/g)) starts.push(end.index + end[0].length)
  return (offset) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}
