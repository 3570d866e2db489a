/** A page with words that were not saved holds its window until a person lets it go; an application that ends asks nobody. */
interface HoldingPage {
  on(event: 'will-prevent-unload', listener: (event: { preventDefault(): void }) => void): unknown
}

export interface UnsavedPageDeps {
  isEnding: () => boolean
  /** Asks at once, because the answer decides whether the page goes now. */
  ask: (question: UnsavedQuestion) => number
  texts: () => { unsaved: string; unsavedText: string; stay: string; leave: string }
}

export interface UnsavedQuestion {
  type: 'question'
  message: string
  detail: string
  buttons: string[]
  defaultId: number
  cancelId: number
  noLink: true
}

const stay = 0
const leave = 1

/** Electron closes no window whose page objects, and says nothing of it: without this the cross would seem broken. */
export function letUnsavedPageGo(page: HoldingPage, { isEnding, ask, texts }: UnsavedPageDeps): void {
  page.on('will-prevent-unload', (event) => {
    if (isEnding() || ask(questionIn(texts())) === leave) event.preventDefault()
  })
}

const questionIn = (text: ReturnType<UnsavedPageDeps['texts']>): UnsavedQuestion => ({
  type: 'question',
  message: text.unsaved,
  detail: text.unsavedText,
  buttons: [text.stay, text.leave],
  defaultId: stay,
  cancelId: stay,
  noLink: true,
})
