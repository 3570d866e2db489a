/** The pointer over the lanes: hovering tells, a click opens, dragging and the wheel move the window. */
import { navigate } from '../../app/router.ts'
import { lookAt, rightEdgeMs, scrub, takeKey, windowMs, zoom, zoomTo } from './lane-controls.ts'
import type { Hit } from './lane-geometry.ts'

export interface Place {
  x: number
  y: number
}

interface PointerDeps {
  canvas: HTMLCanvasElement
  area: HTMLElement
  widthPx: number
  hitAt: (place: Place) => Hit | null
  requestIdOf: (ordinal: number) => string
  /** Where the pointer is and what lies there; null when it has left. */
  onPlace: (place: Place | null, hit: Hit | null) => void
}

/** A hand that clicks may tremble by so much. */
const dragFromPx = 4
/** One notch of a wheel that turns sideways. */
const wheelShare = 0.1
const zoomFromDelta = 40

interface Drag {
  fromX: number
  edgeMs: number
  moved: boolean
}

export function followPointer(deps: PointerDeps): () => void {
  const { canvas, area, widthPx, hitAt, requestIdOf, onPlace } = deps
  let drag: Drag | null = null
  let zoomDelta = 0

  const placeOf = (event: MouseEvent): Place => {
    const box = canvas.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  const press = (event: PointerEvent) => {
    const place = placeOf(event)
    if (event.button !== 0 || place.x < 0) return
    drag = { fromX: place.x, edgeMs: rightEdgeMs(), moved: false }
  }

  const move = (event: PointerEvent) => {
    const place = placeOf(event)
    if (drag && (drag.moved || Math.abs(place.x - drag.fromX) >= dragFromPx)) {
      if (!drag.moved) area.setPointerCapture(event.pointerId)
      drag.moved = true
      area.style.cursor = 'grabbing'
      onPlace(null, null)
      lookAt(drag.edgeMs - ((place.x - drag.fromX) / widthPx) * windowMs())
      return
    }
    const hit = hitAt(place)
    area.style.cursor = hit ? 'pointer' : ''
    onPlace(place, hit)
  }

  const release = (event: PointerEvent) => {
    const wasDrag = drag?.moved ?? true
    drag = null
    area.style.cursor = ''
    if (!wasDrag) open(hitAt(placeOf(event)))
  }

  const open = (hit: Hit | null) => {
    if (hit?.kind === 'attempt') navigate('activity', requestIdOf(hit.mark.ordinal))
    else if (hit) zoomTo(hit.mark.fromMs, hit.mark.toMs)
  }

  const turn = (event: WheelEvent) => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault()
      zoomDelta += event.deltaY
      if (Math.abs(zoomDelta) < zoomFromDelta) return
      zoom(zoomDelta < 0 ? 'in' : 'out')
      zoomDelta = 0
      return
    }
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX
    if (sideways === 0 || Math.abs(sideways) < Math.abs(event.shiftKey ? 0 : event.deltaY)) return
    event.preventDefault()
    scrub(Math.sign(sideways) * wheelShare)
  }

  const type = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== area) return
    if (takeKey(event.key)) event.preventDefault()
  }

  const listening = new AbortController()
  const { signal } = listening
  area.addEventListener('pointerdown', press, { signal })
  area.addEventListener('pointermove', move, { signal })
  area.addEventListener('pointerup', release, { signal })
  area.addEventListener('pointercancel', () => (drag = null), { signal })
  area.addEventListener('pointerleave', () => onPlace(null, null), { signal })
  area.addEventListener('wheel', turn, { signal, passive: false })
  area.addEventListener('keydown', type, { signal })
  return () => listening.abort()
}
