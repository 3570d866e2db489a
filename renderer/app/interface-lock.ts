import { ORPCError, type ClientContext, type ClientLink } from '@orpc/client'
import { create } from 'zustand'

/**
 * When main answers that the interface is locked, the person is asked once, whatever and how much was asked for, and
 * everything goes on from there. No caller knows of it.
 */
export const useInterfaceLock = create<{ asking: boolean }>(() => ({ asking: false }))

const waiting: ((opened: boolean) => void)[] = []

/** Opens the question; resolves to whether the interface is open now. */
export function askToOpen(): Promise<boolean> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    useInterfaceLock.setState({ asking: true })
  })
}

/** The question was answered, or put aside. */
export function answerAskToOpen(opened: boolean): void {
  useInterfaceLock.setState({ asking: false })
  for (const resolve of waiting.splice(0)) resolve(opened)
}

const saysLocked = (error: unknown) => error instanceof ORPCError && error.code === 'INTERFACE_LOCKED'

/** A link that asks the person to open the interface where main wants it open, and then asks main again. */
export const openingLink = <C extends ClientContext>(
  link: ClientLink<C>,
  ask: () => Promise<boolean>,
): ClientLink<C> => ({
  async call(path, input, options) {
    try {
      return await link.call(path, input, options)
    } catch (error) {
      if (!saysLocked(error) || !(await ask())) throw error
      return link.call(path, input, options)
    }
  },
})
