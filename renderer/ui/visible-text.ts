/** Marks that turn the order of letters around, or that nobody sees (Unicode, "Bidirectional Algorithm" and "Security Considerations"). */
const unseen = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** A name from a file as it is, with what would disguise it shown by its number. What joins emoji is left alone. */
export function visibleText(name: string): string {
  return name.replaceAll(
    unseen,
    (mark) => `‹U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`,
  )
}
