import { useStore } from '../session/hooks.ts'
import type { ViewState } from '../state/state.ts'
import type { DataFacts } from '../work/messages.ts'
import { PlaneChoice } from './plane-choice.tsx'

const titles = { pca: 'largest variance', rows: 'three samples' } as const

/** Which plane is drawn of data of more than two dimensions: that of PCA, or the one through three samples, which are counted from 1. */
export function PlaneThrough({ facts }: { readonly facts: DataFacts }) {
  const { state, dispatch } = useStore()
  const { plane } = state.view
  const count = facts.train.length / facts.width
  // Another plane has other coordinates.
  const choose = (next: ViewState['plane']) =>
    dispatch(['view', { plane: next, inputFrame: null, selected: null }])
  return (
    <>
      <PlaneChoice
        label="Plane of"
        value={plane === 'pca' ? 'pca' : 'rows'}
        titles={titles}
        onValue={(value) =>
          choose(value === 'pca' ? 'pca' : [0, Math.floor(count / 3), Math.floor((2 * count) / 3)])
        }
      />
      {plane !== 'pca' &&
        plane.map((row, i) => (
          <input
            // biome-ignore lint/suspicious/noArrayIndexKey: there are always three, in this order.
            key={i}
            type="number"
            aria-label={`Sample ${i + 1} of the plane`}
            min={1}
            max={count}
            value={row + 1}
            onChange={({ currentTarget }) => {
              const typed = Math.round(currentTarget.valueAsNumber) - 1
              if (!(typed >= 0 && typed < count)) {
                currentTarget.value = String(row + 1)
                return
              }
              choose(plane.map((old, k) => (k === i ? typed : old)) as [number, number, number])
            }}
          />
        ))}
    </>
  )
}
