import { ChoiceField } from '../controls/choice-field.tsx'
import { useStore } from '../session/hooks.ts'
import { PlaneCanvas } from './plane-canvas.tsx'

/** Pairs of the axes of a bottleneck of three, counted from 1 in words. */
const pairs = { '0 1': '1 and 2', '0 2': '1 and 3', '1 2': '2 and 3' } as const

/** The decoder's partition of the latent plane, with the codes of the data and their density. */
export function LatentPlane() {
  const { state, dispatch } = useStore()
  const { bottleneck } = state.recipe.model
  const axes = state.view.latentAxes.toSorted().join(' ') as keyof typeof pairs
  const choose = (pair: keyof typeof pairs) => {
    const [a, b] = pair.split(' ').map(Number)
    dispatch(['view', { latentAxes: [a, b], latentFrame: null }])
  }
  return (
    <div class="plane">
      {bottleneck > 2 && (
        <div class="plane-controls">
          <ChoiceField label="Latent axes" value={axes} titles={pairs} onValue={choose} />
        </div>
      )}
      <PlaneCanvas
        plane="latent"
        label={
          bottleneck === 1
            ? 'Latent line: intervals of the decoder, codes of the samples and their density'
            : 'Latent plane: regions of the decoder, codes of the samples and their density'
        }
        isStrip={bottleneck === 1}
        hasDensity
      />
    </div>
  )
}
