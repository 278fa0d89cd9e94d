import type { ActivationName } from '@facet/tensor'
import { useState } from 'preact/hooks'
import { useFacts, useStatus, useStore } from '../session/hooks.ts'
import { layerLimits, mostBottleneck, parseLayers, printLayers } from '../state/layers-text.ts'
import { CheckField } from './check-field.tsx'
import { ChoiceField } from './choice-field.tsx'
import { LayerList } from './layer-list.tsx'

const activations: Readonly<Record<ActivationName, string>> = {
  relu: 'ReLU',
  leakyRelu: 'leaky ReLU',
  abs: 'absolute value',
  identity: 'none (linear)',
}

/** The layers, as a line and one by one, and what their units do. */
export function ModelControls() {
  const { state, dispatch } = useStore()
  const { parameters } = useStatus()
  const width = useFacts()?.width ?? null
  const { model } = state.recipe
  const [typed, setTyped] = useState<string | null>(null)
  const parsed = typed === null ? null : parseLayers(typed, width)
  const problem = parsed && 'problem' in parsed ? parsed.problem : null
  const commit = () => {
    if (parsed === null || !('layers' in parsed)) return
    setTyped(null)
    dispatch(['model', parsed.layers])
  }
  const side = (name: 'encoder' | 'decoder') => (
    <LayerList
      title={name}
      widths={model[name]}
      onWidths={(widths) => {
        setTyped(null)
        dispatch(['model', { [name]: widths }])
      }}
    />
  )
  return (
    <div class="fields">
      <label class="line">
        <span>Layers</span>
        <input
          type="text"
          value={typed ?? printLayers(model, width)}
          spellcheck={false}
          aria-invalid={problem !== null}
          aria-describedby="layers-said"
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          onBlur={commit}
          onKeyDown={({ key }) => {
            if (key === 'Enter') commit()
            if (key === 'Escape') setTyped(null)
          }}
        />
      </label>
      <p
        id="layers-said"
        class={problem === null ? 'aside' : 'wrong'}
        role={problem === null ? undefined : 'alert'}
      >
        {problem ?? (parameters > 0 ? `${parameters.toLocaleString('en')} parameters` : '')}
      </p>
      {side('encoder')}
      <div class="choice">
        <span id="bottleneck-label">bottleneck</span>
        <fieldset class="segments" aria-labelledby="bottleneck-label">
          {Array.from({ length: layerLimits.bottleneck }, (_, i) => i + 1).map((count) => (
            <label key={count}>
              <input
                type="radio"
                name="bottleneck"
                checked={model.bottleneck === count}
                disabled={count > mostBottleneck(width)}
                onChange={() => dispatch(['model', { bottleneck: count }])}
              />
              {count}
            </label>
          ))}
        </fieldset>
      </div>
      {side('decoder')}
      <ChoiceField
        label="activation"
        value={model.activation}
        titles={activations}
        onValue={(activation) => dispatch(['model', { activation }])}
      />
      {!model.skip && (
        <ChoiceField
          label="in the middle"
          value={model.bottleneckActivation}
          titles={activations}
          onValue={(bottleneckActivation) => dispatch(['model', { bottleneckActivation }])}
        />
      )}
      <CheckField label="biases" value={model.bias} onValue={(bias) => dispatch(['model', { bias }])} />
      <CheckField
        label="principal components beside it (skip)"
        value={model.skip}
        onValue={(skip) => dispatch(['model', { skip }])}
      />
    </div>
  )
}
