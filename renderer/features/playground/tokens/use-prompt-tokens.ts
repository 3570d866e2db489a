import { useDeferredValue, useEffect, useState } from 'react'
import type { ChatMessage } from '../../../../shared/chat.ts'
import type { Counted } from './count-tokens.ts'
import { pageTokenCounter } from './page-token-counter.ts'
import { promptParts } from './prompt-tokens.ts'

const pauseMs = 120

/** What would be sent, counted when typing pauses; null until the first count. */
export function usePromptTokens(messages: readonly ChatMessage[]): Counted | null {
  const [counted, setCounted] = useState<Counted | null>(null)
  const shown = useDeferredValue(messages)
  useEffect(() => {
    let isCurrent = true
    const count = async () => {
      const { texts, tokens, hasImages } = promptParts(shown)
      const found = await pageTokenCounter.count(texts)
      if (isCurrent) setCounted({ tokens: found.tokens + tokens, isExact: found.isExact && !hasImages })
    }
    const timer = setTimeout(() => void count(), pauseMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [shown])
  return counted
}
