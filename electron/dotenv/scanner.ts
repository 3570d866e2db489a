/** Moves forward over a text and counts every character it looks at, so that a test can prove the reading linear. */
export class Scanner {
  readonly text: string
  at = 0
  steps = 0

  constructor(text: string) {
    this.text = text
  }

  get done(): boolean {
    return this.at >= this.text.length
  }

  /** The code unit here, or -1 at the end. */
  get code(): number {
    this.steps += 1
    return this.at < this.text.length ? this.text.charCodeAt(this.at) : -1
  }

  /** Takes the characters that belong, and returns them. */
  takeWhile(belongs: (code: number) => boolean): string {
    const start = this.at
    while (this.at < this.text.length && belongs(this.text.charCodeAt(this.at))) this.at += 1
    this.steps += this.at - start + 1
    return this.text.slice(start, this.at)
  }

  /** Takes `word` when it stands here. */
  take(word: string): boolean {
    this.steps += word.length
    if (!this.text.startsWith(word, this.at)) return false
    this.at += word.length
    return true
  }

  /** Where `character` stands next, from `from` on; -1 when nowhere. Does not move. */
  find(character: string, from: number): number {
    const found = this.text.indexOf(character, from)
    this.steps += (found === -1 ? this.text.length : found + 1) - from
    return found
  }
}
