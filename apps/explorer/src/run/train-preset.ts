import { init } from '@facet/tensor'
import { presets } from '../state/presets.ts'
import { makeData } from './make-data.ts'
import { Run } from './run.ts'

/** The weights of the first preset at its step, as any page computes them: all parameters one after another. */
export async function trainedPreset(): Promise<Float32Array> {
  await init({ backend: 'wasm', relaxedSimd: false })
  const [{ state }] = presets
  const run = await Run.of(state.recipe, makeData(state.recipe, null))
  for (let step = 0; step < state.step; step++) run.step()
  const weights = run.weights(new Float32Array(run.parameters))
  run.release()
  return weights
}
