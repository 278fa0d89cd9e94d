import { useEffect, useRef, useState } from 'preact/hooks'
import { useSession, useSlowFrame, useStatus, useStore } from '../session/hooks.ts'
import './summary.css'
import { columnOf } from './curves-drawn.ts'
import { useSlowly } from './curves-hooks.ts'
import { valueAt } from './curves-plot.ts'
import { Announcer } from './summary-announcing.ts'
import { summaryText } from './summary-text.ts'

/** What the pictures show, in words, to be read at any time; said aloud only when training pauses, a region is selected or something goes wrong. */
export function Summary() {
  const { state, dispatch } = useStore()
  const { curve } = useSession()
  const status = useSlowly(useStatus())
  const frame = useSlowFrame()
  const announcer = useRef<Announcer | null>(null)
  announcer.current ??= new Announcer()
  const [said, say] = useState('')
  const text =
    frame === null
      ? 'Nothing is drawn yet.'
      : summaryText({
          frame,
          part: state.view.part,
          width: status.facts?.width ?? 1,
          validation: valueAt(columnOf(curve, 'validation'), frame.step),
        })
  const { selected } = state.view
  const card = frame?.card ?? null
  const isRunning = state.isPlaying || status.goal !== null
  const { problem } = status
  useEffect(() => {
    const next = announcer.current!.hear({ isRunning, selected, card, problem }, text)
    if (next !== null) say(next)
  }, [isRunning, selected, card, problem, text])
  const worst = frame?.input?.worst ?? null
  return (
    <div class="summary">
      <p>{text}</p>
      {frame?.notice && <p class="summary-notice">{frame.notice}</p>}
      {worst !== null && (
        <p>
          <button
            type="button"
            onClick={() =>
              dispatch(['view', { selected: { plane: 'input', s: worst.at[0], t: worst.at[1] } }])
            }
          >
            Select the worst region
          </button>
        </p>
      )}
      <p class="unseen" aria-live="polite">
        {said}
      </p>
    </div>
  )
}
