import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks'
import { useFacts, useFrame, useSlowFrame, useStore } from '../session/hooks.ts'
import { useScheme } from './plane-scheme.ts'
import { keysInWords } from './surface-keys.ts'
import { type SurfaceOptions, SurfaceView } from './surface-view.ts'
import { lineOf, wordsOf } from './surface-words.ts'
import './surface.css'

/** The decoder's image in the space of the data: turned and zoomed by pointer and keys, and below it what it shows in a line. */
export function Surface() {
  const { state, dispatch } = useStore()
  const facts = useFacts()
  const scheme = useScheme()
  const surface = useSlowFrame()?.surface ?? null
  const host = useRef<HTMLDivElement>(null)
  const pictures = useRef<HTMLDivElement>(null)
  const marks = useRef<HTMLCanvasElement>(null)
  const view = useRef<SurfaceView | null>(null)
  const id = useId()
  const { azimuth, elevation, selected } = state.view
  const options: SurfaceOptions = {
    turn: { azimuth, elevation },
    scheme,
    facts,
    isSelected: selected !== null,
    onTurn: (turn) => dispatch(['view', turn]),
    onSelect: (at) => dispatch(['view', { selected: at }]),
  }
  useLayoutEffect(() => {
    view.current = new SurfaceView(host.current!, pictures.current!, marks.current!, options)
    return () => view.current?.release()
  }, [])
  useEffect(() => view.current?.show(options))
  useFrame((frame) => view.current?.read(frame))
  return (
    <div class="surface">
      <div
        class="surface-canvas"
        ref={host}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys turn and zoom it.
        tabIndex={0}
        role="application"
        aria-label="Surface: the decoder's image, and the training samples"
        aria-describedby={id}
      >
        <div class="surface-pictures" ref={pictures} />
        <canvas class="surface-marks" ref={marks} />
      </div>
      <p class="unseen" id={id}>
        {wordsOf(surface, { azimuth, elevation })} {keysInWords}
      </p>
      <div class="surface-line">
        <span>{surface ? lineOf(surface) : ''}</span>
        <span class="surface-buttons">
          <button type="button" aria-label="Zoom out" onClick={() => view.current?.zoomBy(1 / 1.25)}>
            −
          </button>
          <button type="button" aria-label="Zoom in" onClick={() => view.current?.zoomBy(1.25)}>
            +
          </button>
          <button type="button" onClick={() => view.current?.whole()}>
            Whole
          </button>
        </span>
      </div>
    </div>
  )
}
