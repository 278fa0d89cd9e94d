import { useSession, useStatus, useStore } from '../session/hooks.ts'
import { Help } from './help.tsx'
import { NumberField } from './number-field.tsx'
import { paces, positionOfPace, spelledPace } from './pace.ts'
import { useShortcuts } from './shortcuts.ts'

/** Seeds are whole numbers of nine digits at most: any is as good, and these can be read out. */
const MOST_SEED = 999_999_999

/** Play, step, reset, seed and speed, and how far the run is. */
export function Transport() {
  const { state, dispatch } = useStore()
  const { step, stepsPerSecond } = useStatus()
  const session = useSession()
  const { isPlaying, recipe, view } = state
  const play = () => dispatch(['play', !isPlaying])
  const single = () => {
    if (isPlaying) dispatch(['play', false])
    session.step()
  }
  const reset = () => dispatch(['reset', null])
  const shortcuts = [
    { key: ' ', spelled: 'space', what: 'play or pause', act: play },
    { key: '.', spelled: '.', what: 'one step', act: single },
    { key: 'r', spelled: 'r', what: 'back to step 0', act: reset },
  ]
  useShortcuts(shortcuts)
  return (
    <section class="transport" aria-label="Training">
      <button type="button" class="play" onClick={play} aria-keyshortcuts="Space">
        {isPlaying ? 'Pause' : 'Play'}
      </button>
      <button type="button" onClick={single} aria-keyshortcuts=".">
        Step
      </button>
      <button type="button" onClick={reset} aria-keyshortcuts="r">
        Reset
      </button>
      <p class="steps">
        step <output>{step.toLocaleString('en')}</output>
        <span class="rate">
          {isPlaying ? `${Math.round(stepsPerSecond).toLocaleString('en')} a second` : 'paused'}
        </span>
      </p>
      <label class="speed">
        <span>Speed</span>
        <input
          type="range"
          min={0}
          max={paces.length - 1}
          step={1}
          value={positionOfPace(view.pace)}
          aria-valuetext={spelledPace(view.pace)}
          title={spelledPace(view.pace)}
          onInput={({ currentTarget }) => dispatch(['view', { pace: paces[Number(currentTarget.value)] }])}
        />
      </label>
      <div class="seed">
        <NumberField
          label="Seed"
          value={recipe.seed}
          low={0}
          high={MOST_SEED}
          whole
          onValue={(seed) => dispatch(['seed', seed])}
        />
        <button type="button" onClick={() => dispatch(['seed', (recipe.seed + 1) % (MOST_SEED + 1)])}>
          New seed
        </button>
      </div>
      <Help shortcuts={shortcuts} />
    </section>
  )
}
