/** How a program ends. A script can tell the causes apart without reading the sentence. */
export const exitCodes = { failed: 1, misused: 2, notOpened: 3, inUse: 4, interrupted: 130 } as const

/** What the person at the terminal is told before the program ends: what is wrong, and what to do. */
export class Refused extends Error {
  readonly sentence: string
  readonly exitCode: number

  constructor(sentence: string, exitCode: number = exitCodes.failed) {
    super(sentence)
    this.sentence = sentence
    this.exitCode = exitCode
  }
}
