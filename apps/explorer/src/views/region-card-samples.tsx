import { useState } from 'preact/hooks'
import { useStore } from '../session/hooks.ts'
import type { CardFacts } from '../work/messages.ts'
import { counted } from './number-text.ts'

/** Samples that are listed before they are asked for. */
const FEW = 16

/** Training samples of a region by their numbers, counted from 1; one of them is chosen for all views. */
export function RegionSamples({ samples }: Pick<CardFacts, 'samples'>) {
  const { state, dispatch } = useStore()
  const [isAll, showAll] = useState(false)
  if (samples.length === 0) return <p class="card-note">No training sample is in it.</p>
  const shown = isAll ? samples : samples.slice(0, FEW)
  return (
    <>
      <p class="card-note">
        {counted(samples.length, 'training sample')}. Choose one for the symmetry microscope:
      </p>
      <p class="card-samples">
        {shown.map((row) => (
          <button
            key={row}
            type="button"
            aria-label={`sample ${row + 1}`}
            aria-pressed={state.view.sample === row}
            onClick={() => dispatch(['view', { sample: row }])}
          >
            {row + 1}
          </button>
        ))}
        {samples.length > FEW && (
          <button type="button" class="more" onClick={() => showAll(!isAll)}>
            {isAll ? 'fewer' : `${samples.length - FEW} more`}
          </button>
        )}
      </p>
    </>
  )
}
