import { describe, expect, it } from 'vitest'
import { desktopTexts } from '../../../electron/host/electron/desktop-texts.ts'
import { letUnsavedPageGo, type UnsavedQuestion } from '../../../electron/host/electron/unsaved-page.ts'

interface Situation {
  isEnding?: boolean
  answer?: number
  language?: keyof typeof desktopTexts
}

function aPage({ isEnding = false, answer = 0, language = 'en' }: Situation = {}) {
  const asked: UnsavedQuestion[] = []
  let object = (_event: { preventDefault(): void }) => {}
  letUnsavedPageGo(
    { on: (_name, listener) => void (object = listener) },
    {
      isEnding: () => isEnding,
      ask: (question) => {
        asked.push(question)
        return answer
      },
      texts: () => desktopTexts[language],
    },
  )
  return {
    asked,
    /** Whether the page goes although it objects. */
    objects() {
      let goes = false
      object({ preventDefault: () => void (goes = true) })
      return goes
    },
  }
}

describe('A page with words that were not saved', () => {
  it('stays when the person says so, which is also what Enter and Escape say', () => {
    const page = aPage({ answer: 0 })
    expect(page.objects()).toBe(false)
    expect(page.asked).toMatchObject([{ buttons: ['Stay', 'Leave'], defaultId: 0, cancelId: 0 }])
  })

  it('goes when the person lets it', () => {
    expect(aPage({ answer: 1 }).objects()).toBe(true)
  })

  it('is not asked for when the application ends, which nothing may hold up half way', () => {
    const page = aPage({ isEnding: true })
    expect(page.objects()).toBe(true)
    expect(page.asked).toEqual([])
  })

  it('is spoken of in Chinese too', () => {
    const page = aPage({ language: 'zh-CN' })
    page.objects()
    expect(page.asked[0]?.buttons).toEqual(['留下', '离开'])
  })
})
