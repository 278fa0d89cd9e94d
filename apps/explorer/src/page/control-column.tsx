import type { ComponentType } from 'preact'
import { DataControls } from '../controls/data-controls.tsx'
import { ModelControls } from '../controls/model-controls.tsx'
import { PresetList } from '../controls/preset-list.tsx'
import { TrainingControls } from '../controls/training-controls.tsx'
import type { Hideable } from '../state/state.ts'
import { ThemeChoice } from './theme-choice.tsx'

interface Group {
  readonly name: Extract<Hideable, 'presets' | 'data' | 'model' | 'training'>
  readonly title: string
  readonly Controls: ComponentType
}

/** What can be set, in the order of the column. */
export const controlGroups: readonly Group[] = [
  { name: 'presets', title: 'Presets', Controls: PresetList },
  { name: 'data', title: 'Data', Controls: DataControls },
  { name: 'model', title: 'Model', Controls: ModelControls },
  { name: 'training', title: 'Training', Controls: TrainingControls },
]

/** The groups of controls that are not hidden, each of which folds. */
export const ControlColumn = ({ hidden }: { readonly hidden: readonly Hideable[] }) => (
  <>
    {controlGroups
      .filter(({ name }) => !hidden.includes(name))
      .map(({ name, title, Controls }) => (
        <details key={name} class="group" open>
          <summary>
            <h2>{title}</h2>
          </summary>
          <Controls />
        </details>
      ))}
    <p class="aside">A change of data, model or training starts again at step 0.</p>
    <ThemeChoice />
  </>
)
