import { useEffect, useRef, useState } from 'preact/hooks'
import { useStore } from '../session/hooks.ts'
import { type Drawing, MOST_POINTS, placeAt, withPoint } from './strokes.ts'

interface DrawPadProps {
  readonly drawn: Drawing
  /** A drawing of at least two points. */
  readonly onDrawn: (drawn: Drawing) => void
}

/** Pixels of a side, drawn twice as fine. */
const SIDE = 440

/** Thousandths that an arrow key moves the cursor. */
const MOVE = 50

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-MOVE, 0],
  ArrowRight: [MOVE, 0],
  ArrowUp: [0, MOVE],
  ArrowDown: [0, -MOVE],
}

/** A square on which points are put by pointer, finger or keys. */
export function DrawPad({ drawn, onDrawn }: DrawPadProps) {
  const { theme } = useStore().state.view
  const [draft, setDraft] = useState<Drawing>(drawn)
  const [cursor, setCursor] = useState<readonly [number, number] | null>(null)
  // Where each stroke began, to take it back.
  const begins = useRef<number[]>([])
  const isDown = useRef(false)
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => setDraft(drawn), [drawn])
  useEffect(() => {
    if (canvas.current) paint(canvas.current, draft, cursor)
  }, [draft, cursor, theme])
  const commit = (next: Drawing) => {
    setDraft(next)
    if (next.length >= 4) onDrawn(next)
  }
  const put = (event: PointerEvent) => {
    const { left, top, width, height } = (event.currentTarget as Element).getBoundingClientRect()
    const at = placeAt([(event.clientX - left) / width, (event.clientY - top) / height])
    setDraft((before) => withPoint(before, at, event.type === 'pointermove'))
  }
  const putAtCursor = (at: readonly [number, number]) => {
    begins.current.push(draft.length)
    commit(withPoint(draft, at, false))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const [x, y] = cursor ?? [0, 0]
    const move = arrows[event.key]
    if (move)
      setCursor([Math.max(-1000, Math.min(1000, x + move[0])), Math.max(-1000, Math.min(1000, y + move[1]))])
    else if (event.key === 'Enter' || event.key === ' ') putAtCursor([x, y])
    else return
    event.preventDefault()
  }
  const count = draft.length / 2
  return (
    <div class="draw">
      <div
        class="pad"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn on by keys as well
        tabIndex={0}
        aria-label="Drawing: arrow keys move the cursor, Enter puts a point"
        aria-describedby="draw-said"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          isDown.current = true
          begins.current.push(draft.length)
          put(event)
        }}
        onPointerMove={(event) => isDown.current && put(event)}
        onPointerUp={() => {
          isDown.current = false
          commit(draft)
        }}
        onPointerCancel={() => {
          isDown.current = false
        }}
        onFocus={() => setCursor((at) => at ?? [0, 0])}
        onBlur={() => setCursor(null)}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} width={SIDE} height={SIDE} />
      </div>
      <div class="row">
        <button
          type="button"
          disabled={count === 0}
          onClick={() => commit(draft.slice(0, begins.current.pop() ?? -2))}
        >
          Undo
        </button>
        <button
          type="button"
          disabled={count === 0}
          onClick={() => {
            begins.current = []
            setDraft([])
          }}
        >
          Clear
        </button>
        <span class="aside" id="draw-said" role="status">
          {count < 2
            ? 'Draw two points at least.'
            : `${count} points${count === MOST_POINTS ? ', as many as there can be' : ''}`}
        </span>
      </div>
    </div>
  )
}

function paint(canvas: HTMLCanvasElement, drawing: Drawing, cursor: readonly [number, number] | null): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  const style = getComputedStyle(canvas)
  const at = (value: number): number => ((value / 1000 + 1) / 2) * SIDE
  context.clearRect(0, 0, SIDE, SIDE)
  context.strokeStyle = style.getPropertyValue('--rule')
  context.strokeRect(SIDE / 2, -1, SIDE, SIDE / 2 + 1)
  context.strokeRect(-1, SIDE / 2, SIDE / 2 + 1, SIDE)
  context.fillStyle = style.getPropertyValue('--accent')
  for (let i = 0; i < drawing.length; i += 2) {
    context.beginPath()
    context.arc(at(drawing[i]), SIDE - at(drawing[i + 1]), 5, 0, 2 * Math.PI)
    context.fill()
  }
  if (cursor === null) return
  const [x, y] = [at(cursor[0]), SIDE - at(cursor[1])]
  context.strokeStyle = style.getPropertyValue('--ink')
  context.lineWidth = 2
  context.strokeRect(x - 9, y - 9, 18, 18)
}
