import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks'
import { showsErrors } from '../draw/fills.ts'
import { useFacts, useFrame, useSession, useSlowFrame, useStore } from '../session/hooks.ts'
import type { PlacedPoint } from '../state/state.ts'
import { PlaneErrorScale } from './plane-error-scale.tsx'
import { keysInWords } from './plane-keys.ts'
import { useScheme } from './plane-scheme.ts'
import { type PlaneLook, PlaneView } from './plane-view.ts'
import { lineOf } from './plane-words.ts'
import './plane.css'

interface PlaneCanvasProps {
  readonly plane: PlacedPoint['plane']
  /** Its accessible name. */
  readonly label: string
  readonly isStrip?: boolean
  readonly hasDensity?: boolean
}

const frameOf = { input: 'inputFrame', latent: 'latentFrame' } as const

/** A plane with its regions and samples: moved, zoomed and selected from by pointer and keys, and below it what it shows in a line. */
export function PlaneCanvas({ plane, label, isStrip = false, hasDensity = false }: PlaneCanvasProps) {
  const { state, dispatch } = useStore()
  const session = useSession()
  const facts = useFacts()
  const scheme = useScheme()
  const slow = useSlowFrame()
  const host = useRef<HTMLDivElement>(null)
  const regions = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const view = useRef<PlaneView | null>(null)
  const id = useId()
  const { shading, selected, [frameOf[plane]]: frame } = state.view
  const look: PlaneLook = {
    plane,
    frame,
    shading: plane === 'input' ? shading : 'region',
    scheme,
    facts,
    selected,
    isStrip,
    hasDensity,
    onFrame: (next) => dispatch(['view', { [frameOf[plane]]: next }]),
    onSelect: (at) => dispatch(['view', { selected: at }]),
    onAspect: (aspect) => session.setAspect(plane, aspect),
  }
  useLayoutEffect(() => {
    view.current = new PlaneView(host.current!, regions.current!, canvas.current!, look)
    return () => view.current?.release()
  }, [])
  useEffect(() => view.current?.show(look))
  useFrame((newest) => view.current?.read(newest[plane], newest.card))
  const picture = slow?.[plane] ?? null
  return (
    <>
      <div
        class="plane-canvas"
        ref={host}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application hears of keys, as its description says.
        tabIndex={0}
        role="application"
        aria-label={label}
        aria-describedby={id}
      >
        <div class="plane-regions" ref={regions} />
        <canvas class="plane-marks" ref={canvas} />
      </div>
      <p class="unseen" id={id}>
        {keysInWords}
      </p>
      {picture !== null && showsErrors(picture, look.shading) && <PlaneErrorScale picture={picture} />}
      <div class="plane-line">
        <span>{picture ? lineOf(picture) : ''}</span>
        <button type="button" disabled={frame === null} onClick={() => view.current?.whole()}>
          Whole
        </button>
      </div>
    </>
  )
}
