import { AXIS_ROOM } from '../draw/paint-axes.ts'
import { type PlaneGestures, type PointerAt, Pointers, wheelFactor } from './plane-gestures.ts'
import { type KeyGestures, pressKey } from './plane-keys.ts'

/** What a plane can be told. */
export interface PlaneInput extends PlaneGestures, KeyGestures {
  useKeys(hasKeys: boolean): void
}

/** Has an element tell a plane of pointers, wheel and keys, in pixels from the picture's upper left corner. @returns what ends it */
export function listenToPlane(host: HTMLElement, plane: PlaneInput): () => void {
  const end = new AbortController()
  const { signal } = end
  const pointers = new Pointers(plane)
  const at = (event: PointerEvent): PointerAt => ({
    id: event.pointerId,
    x: event.offsetX - AXIS_ROOM.left,
    y: event.offsetY,
  })
  const hear = <K extends keyof HTMLElementEventMap>(
    kind: K,
    what: (event: HTMLElementEventMap[K]) => void,
  ) => host.addEventListener(kind, what, { signal, passive: false })
  hear('pointerdown', (event) => {
    if (event.button !== 0) return
    // Moves go on beyond the edge.
    host.setPointerCapture(event.pointerId)
    plane.useKeys(false)
    pointers.down(at(event))
  })
  hear('pointermove', (event) => pointers.move(at(event), event.pointerType !== 'touch'))
  hear('pointerup', (event) => pointers.up(at(event)))
  hear('pointercancel', (event) => pointers.cancel(event.pointerId))
  hear('pointerleave', (event) => pointers.cancel(event.pointerId))
  hear('wheel', (event) => {
    event.preventDefault()
    plane.zoom(wheelFactor(event), event.offsetX - AXIS_ROOM.left, event.offsetY)
  })
  hear('keydown', (event) => {
    if (!pressKey(event, plane)) return
    event.preventDefault()
    plane.useKeys(true)
  })
  hear('focus', () => plane.useKeys(host.matches(':focus-visible')))
  hear('blur', () => plane.useKeys(false))
  return () => end.abort()
}
