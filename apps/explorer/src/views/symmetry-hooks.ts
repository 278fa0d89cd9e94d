import { useRef, useState } from 'preact/hooks'
import { useFrame } from '../session/hooks.ts'
import type { SymmetryFacts } from '../work/messages.ts'
import { isSame } from './symmetry-plot.ts'

/** The newest facts, rendering anew where they say something else: while one drags that is with every frame. */
export function useSymmetry(): SymmetryFacts | null {
  const [facts, set] = useState<SymmetryFacts | null>(null)
  useFrame(({ symmetry }) => set((before) => (isSame(before, symmetry) ? before : symmetry)))
  return facts
}

/** What a drag does. */
interface Drag {
  /** Where it stands now, from 0 to 1. */
  readonly share: number
  readonly onDrag: (share: number) => void
  /** A pointer that came and went without moving, in pixels from the upper left corner. */
  readonly onTap?: (x: number, y: number) => void
}

type PointerOn = PointerEvent & { readonly currentTarget: Element }

/** Pixels that a pointer moves before it is a drag. */
const STILL = 5

/** Handlers by which an element is dragged to the left and to the right, its width being the whole way. */
export function useDrag({ share, onDrag, onTap }: Drag) {
  const start = useRef<{ x: number; share: number; isDrag: boolean } | null>(null)
  return {
    onPointerDown(event: PointerOn) {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      start.current = { x: event.clientX, share, isDrag: false }
    },
    onPointerMove({ clientX, currentTarget }: PointerOn) {
      const from = start.current
      if (from === null) return
      const moved = clientX - from.x
      from.isDrag ||= Math.abs(moved) >= STILL
      if (from.isDrag) onDrag(Math.min(1, Math.max(0, from.share + moved / currentTarget.clientWidth)))
    },
    onPointerUp({ clientX, clientY, currentTarget }: PointerOn) {
      const { left, top } = currentTarget.getBoundingClientRect()
      if (start.current?.isDrag === false) onTap?.(clientX - left, clientY - top)
      start.current = null
    },
    onPointerCancel() {
      start.current = null
    },
  }
}
