import { useEffect, useRef, type RefObject } from 'react'

const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]'

/** Something around what has the focus, and how many things in it come before that. */
interface Around {
  element: Element
  index: number
  /** Of what had the focus. */
  kind: string
}

/** What looks the same in each row of a list. */
const kindOf = ({ tagName, className, attributes }: Element) =>
  [tagName, className, attributes.getNamedItem('aria-haspopup')?.value].join(' ')

const focusablesIn = (element: Element) => [...element.querySelectorAll<HTMLElement>(focusable)]

function aroundOf(focused: Element, root: Element): Around[] {
  const found: Around[] = []
  const kind = kindOf(focused)
  for (let element = focused.parentElement; element !== null; element = element.parentElement) {
    found.push({ element, index: focusablesIn(element).findIndex((one) => one === focused), kind })
    if (element === root) break
  }
  return found
}

/** A row may have a thing more or less than the one before it. */
const nearby = [0, 1, -1, 2, -2]

/** What now stands where something was, from the nearest place that is still there. */
export function successor(around: readonly Around[]): HTMLElement | undefined {
  for (const { element, index, kind } of around) {
    if (!element.isConnected) continue
    const asks = element.querySelector<HTMLElement>('[data-autofocus]')
    const there = focusablesIn(element)
    const alike = nearby.map((step) => there[index + step]).find((one) => one !== undefined && kindOf(one) === kind)
    const next = asks ?? alike ?? there[index] ?? there.at(-1)
    if (next !== undefined) return next
  }
  return undefined
}

/** What stands before something that cannot be used any more. */
function predecessor(lost: Element, around: readonly Around[]): HTMLElement | undefined {
  for (const { element } of around) {
    const there = focusablesIn(element)
    const isBefore = (one: Element) => (one.compareDocumentPosition(lost) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
    const near = there.findLast(isBefore) ?? there[0]
    if (near !== undefined) return near
  }
  return undefined
}

/** Where something stands now; when it has gone, `successor` says what has come into its place. */
export const placeOf = (element: Element): Around[] =>
  aroundOf(element, element.closest('[role="dialog"], main') ?? document.body)

/** Remembers what had the focus within `root`, and passes it on when that has gone or can no longer be used. */
function createFocusKeeper(root: Element) {
  let last: Element | null = null
  let around: Around[] = []
  let isWaiting = false
  const remember = (target: EventTarget | null) => {
    // Who goes elsewhere by themselves leaves nothing behind to be passed on.
    last = target instanceof Element && root.contains(target) ? target : null
    around = last === null ? [] : aroundOf(last, root)
    isWaiting = false
  }
  const follow = ({ target }: FocusEvent) => remember(target)
  const heir = () => {
    if (last === null) return undefined
    if (!last.isConnected) return successor(around)
    if (!last.matches(':disabled')) return isWaiting && last instanceof HTMLElement ? last : undefined
    // A button that waits for an answer gets the focus back when it can be pressed again.
    isWaiting = last.matches('[data-loading]')
    return isWaiting ? undefined : predecessor(last, around)
  }
  document.addEventListener('focusin', follow)
  // A field may have taken the focus as it came, before anybody listened.
  remember(document.activeElement)
  return {
    check() {
      const { activeElement } = document
      if (activeElement !== null && activeElement !== document.body && activeElement !== last) return
      heir()?.focus({ preventScroll: true })
    },
    stop: () => document.removeEventListener('focusin', follow),
  }
}

/** For a part whose things go when `count` falls, such as the rows of a list; scrolling them out of sight is not that. */
export function useKeptFocus<Root extends Element>(count: number): RefObject<Root | null> {
  const root = useRef<Root>(null)
  const keeper = useRef<ReturnType<typeof createFocusKeeper>>(undefined)
  useEffect(() => {
    if (root.current === null) return undefined
    keeper.current = createFocusKeeper(root.current)
    return keeper.current.stop
  }, [])
  const before = useRef(count)
  useEffect(() => {
    if (before.current !== count) keeper.current?.check()
    before.current = count
  }, [count])
  return root
}

/** For the `ref` of a part that changes by itself, such as what is in a dialogue, whose frame then counts as well. */
export function keepsFocus(part: Element | null): (() => void) | undefined {
  if (part === null) return undefined
  const root = part.closest('[role="dialog"]') ?? part
  const keeper = createFocusKeeper(root)
  const observer = new MutationObserver(() => keeper.check())
  observer.observe(root, { childList: true, subtree: true, attributeFilter: ['disabled'] })
  return () => {
    observer.disconnect()
    keeper.stop()
  }
}
