import { useContext, useMemo, useRef } from 'preact/hooks'
import { PageContext, useSession, useSlowFrame, useStatus, useStore } from '../session/hooks.ts'
import './curves.css'
import { drawCurves, seriesOf } from './curves-drawn.ts'
import { useSize, useSlowly } from './curves-hooks.ts'
import { CurvesPanel } from './curves-panel.tsx'
import { valueAt } from './curves-plot.ts'
import { nearest, showable, shownOf } from './curves-recorded.ts'
import { regionCountsOf } from './curves-regions.ts'
import { curvesText } from './curves-text.ts'
import { counted, numberText } from './number-text.ts'

/** What the key says of each curve. */
const titles = {
  loss: 'loss',
  validation: 'validation',
  live: 'live bottleneck units',
  regions: 'regions',
} as const

/** Loss and validation error, live units and numbers of regions over steps. Dragging over them takes all views back to recorded weights. */
export function Curves() {
  const { state, dispatch } = useStore()
  const session = useSession()
  const status = useSlowly(useStatus())
  const frame = useSlowFrame()
  const { ref, width, height } = useSize()
  const slider = useRef<HTMLInputElement>(null)
  const counts = regionCountsOf(session, useContext(PageContext)!.store)
  const series = seriesOf(session.curve, counts)
  // They grow in place, with every status and frame.
  const drawn = useMemo(
    () => drawCurves(series, status.step, { width, height }),
    [session, counts, status, frame, width, height],
  )
  const { upper, lower, x, errors } = drawn
  const steps = showable(status.recorded, status.step)
  const { shown } = state.view
  const step = shown ?? status.step
  const place = nearest(steps, step)
  const values = Object.fromEntries(
    Object.entries(series).map(([name, each]) => [name, valueAt(each, step)]),
  ) as Record<keyof typeof series, number | null>

  const show = (i: number) => {
    const next = shownOf(steps, i)
    if (next !== shown) dispatch(['view', { shown: next }])
  }
  const showUnder = (event: PointerEvent) => {
    const { left } = (event.currentTarget as Element).getBoundingClientRect()
    show(nearest(steps, x.invert(event.clientX - left)))
  }
  const key = (...names: (keyof typeof series)[]) =>
    names.map((name) => (
      <span key={name} class={`key ${name}`}>
        {titles[name]} <b>{values[name] === null ? '–' : numberText(values[name])}</b>
      </span>
    ))
  return (
    <div class="curves">
      <p class="curves-key">{key('loss', 'validation', 'live', 'regions')}</p>
      <div
        ref={ref}
        class="curves-plot"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          // From here on arrow keys go from step to step.
          slider.current?.focus({ preventScroll: true })
          event.preventDefault()
          showUnder(event)
        }}
        onPointerMove={(event) => {
          if (event.buttons !== 0) showUnder(event)
        }}
      >
        <svg role="img" aria-label={curvesText({ step, ...values })} width={width} height={height}>
          <CurvesPanel area={upper} left={errors.ticks} lines={errors.lines} />
          <CurvesPanel
            area={lower}
            left={drawn.counts.live}
            right={drawn.counts.regions}
            lines={drawn.counts.lines}
          />
          {drawn.steps.map(({ at, text }) => (
            <text key={text} x={at} y={lower.bottom + 16} text-anchor="middle">
              {text}
            </text>
          ))}
          {shown !== null && (
            <line class="shown" x1={x(shown)} x2={x(shown)} y1={upper.top} y2={lower.bottom} />
          )}
        </svg>
      </div>
      <div class="curves-steps">
        <label>
          <span>Step shown</span>
          <input
            ref={slider}
            type="range"
            min={0}
            max={steps.length - 1}
            value={place}
            disabled={steps.length < 2}
            aria-valuetext={`step ${numberText(steps[place])}, ${counted(steps.length, 'step')} recorded`}
            onInput={(event) => show(Number(event.currentTarget.value))}
          />
          <output>{numberText(step)}</output>
        </label>
        <button type="button" disabled={shown === null} onClick={() => dispatch(['view', { shown: null }])}>
          Newest
        </button>
      </div>
    </div>
  )
}
