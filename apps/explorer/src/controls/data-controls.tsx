import { useState } from 'preact/hooks'
import { useStore } from '../session/hooks.ts'
import type { DataRecipe, SetName } from '../state/recipe.ts'
import { ChoiceField } from './choice-field.tsx'
import { DrawPad } from './draw-pad.tsx'
import { FileChoice } from './file-choice.tsx'
import { RangeField } from './range-field.tsx'
import { evenScale, listScale } from './scales.ts'
import { fittingBottleneck, pointCounts, setTexts } from './sets.ts'

const titles = Object.fromEntries(
  Object.entries(setTexts).map(([name, { title }]) => [name, title]),
) as Readonly<Record<SetName, string>>

const ranges = {
  points: { label: 'points', scale: listScale(pointCounts), whole: true },
  noise: { label: 'noise', scale: evenScale(0, 0.3, 0.01), whole: false },
  gap: { label: 'gap', scale: evenScale(0, 0.75, 0.05), whole: false },
} as const

/** Sets that are not there before someone has drawn or chosen them. */
const givenSets: readonly SetName[] = ['drawn', 'file']

/** What the samples are. */
export function DataControls() {
  const { state, dispatch } = useStore()
  const { data, model } = state.recipe
  // A set that is chosen, but has no rows yet: the run goes on with what it has.
  const [pending, setPending] = useState<SetName | null>(null)
  const set = pending ?? data.set
  const { what, takes } = setTexts[set]
  const change = (part: Partial<DataRecipe>, next: SetName) => {
    setPending(null)
    const bottleneck = fittingBottleneck(next, model.bottleneck)
    if (bottleneck !== model.bottleneck) dispatch(['model', { bottleneck }])
    dispatch(['data', part])
  }
  const choose = (next: SetName) => {
    const isThere = !givenSets.includes(next) || (next === 'drawn' && data.drawn.length >= 4)
    if (isThere) change({ set: next }, next)
    else setPending(next === data.set ? null : next)
  }
  return (
    <div class="fields">
      <ChoiceField label="set" value={set} titles={titles} onValue={choose} />
      <p class="aside">{what}</p>
      {takes.map((name) => (
        <RangeField
          key={name}
          {...ranges[name]}
          value={data[name]}
          onValue={(value) => change({ [name]: value }, data.set)}
        />
      ))}
      {set === 'drawn' && (
        <DrawPad drawn={data.drawn} onDrawn={(drawn) => change({ set: 'drawn', drawn }, 'drawn')} />
      )}
      {set === 'file' && <FileChoice onFile={(file) => change({ set: 'file', file }, 'file')} />}
    </div>
  )
}
