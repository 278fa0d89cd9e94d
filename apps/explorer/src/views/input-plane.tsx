import { ChoiceField } from '../controls/choice-field.tsx'
import { useFacts, useStore } from '../session/hooks.ts'
import type { Part, Shading } from '../state/state.ts'
import { PlaneCanvas } from './plane-canvas.tsx'
import { PlaneThrough } from './plane-through.tsx'

const partTitles: Readonly<Record<Part, string>> = {
  encoder: 'encoder',
  decoder: 'decoder after encoder',
  whole: 'whole map',
}

const shadingTitles: Readonly<Record<Shading, string>> = {
  region: 'by code',
  error: 'by error',
}

/** The partition of the plane of the data, with the data on it. */
export function InputPlane() {
  const { state, dispatch } = useStore()
  const facts = useFacts()
  const { part, shading } = state.view
  return (
    <div class="plane">
      <div class="plane-controls">
        <ChoiceField
          label="Regions of"
          value={part}
          titles={partTitles}
          onValue={(value) => dispatch(['view', { part: value }])}
        />
        <ChoiceField
          label="Coloured"
          value={shading}
          titles={shadingTitles}
          onValue={(value) => dispatch(['view', { shading: value }])}
        />
        {facts !== null && facts.width > 2 && <PlaneThrough facts={facts} />}
      </div>
      <PlaneCanvas plane="input" label="Input plane: regions of the network, and the samples" />
    </div>
  )
}
