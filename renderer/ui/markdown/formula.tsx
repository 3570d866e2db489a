import { useEffect, useRef, useState } from 'react'
import { useMarkdown } from './actions.ts'
import classes from './markdown.module.css'

interface FormulaProps {
  source: string
  isBlock: boolean
  /** What stands there until the formula can be drawn, or when it cannot. */
  raw: string
}

const longestFormula = 4_000

/** Drawn as MathML, element by element: no markup is made from its source, and no style or font is loaded for it. */
export function Formula({ source, isBlock, raw }: FormulaProps) {
  const { latex } = useMarkdown()
  const place = useRef<HTMLSpanElement>(null)
  const [isDrawn, setIsDrawn] = useState(false)
  const canDraw = latex && source.length <= longestFormula

  useEffect(() => {
    if (!canDraw) return undefined
    let isCurrent = true
    void import('./draw-formula.ts').then(({ drawFormula }) => {
      if (isCurrent && place.current) setIsDrawn(drawFormula(place.current, source, isBlock))
      return undefined
    })
    return () => {
      isCurrent = false
    }
  }, [canDraw, source, isBlock])

  return (
    <>
      <span ref={place} hidden={!canDraw || !isDrawn} className={isBlock ? classes['formula'] : undefined} />
      {(!canDraw || !isDrawn) && <code>{raw}</code>}
    </>
  )
}
