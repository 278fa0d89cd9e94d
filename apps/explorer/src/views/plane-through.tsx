import { ChoiceField } from '../controls/choice-field.tsx'
import { NumberField } from '../controls/number-field.tsx'
import type { DataFacts } from '../run/data-facts.ts'
import { useStore } from '../session/hooks.ts'
import type { ViewState } from '../state/state.ts'

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
      <ChoiceField
        label="Plane of"
        value={plane === 'pca' ? 'pca' : 'rows'}
        titles={titles}
        onValue={(value) =>
          choose(value === 'pca' ? 'pca' : [0, Math.floor(count / 3), Math.floor((2 * count) / 3)])
        }
      />
      {plane !== 'pca' &&
        plane.map((row, i) => (
          <NumberField
            key={i}
            label={`Sample ${i + 1} of the plane`}
            value={row + 1}
            low={1}
            high={count}
            whole
            quiet
            onValue={(value) =>
              choose(plane.map((old, k) => (k === i ? value - 1 : old)) as [number, number, number])
            }
          />
        ))}
    </>
  )
}
