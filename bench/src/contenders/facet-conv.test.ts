import { init, memory } from '@facet/tensor'
import { expect, it } from 'vitest'
import { convInputs } from '../work/conv.ts'
import { ours } from '../work/library.ts'
import type { ConvWork } from '../work/work.ts'
import { startFacetConvTraining } from './facet-conv.ts'

const work: ConvWork = {
  kind: 'conv',
  pass: 'training',
  batch: 2,
  channels: 3,
  filters: 4,
  size: 5,
  inner: true,
}

it('leaves nothing behind, of a step or of the whole training', async () => {
  await init({ backend: 'wasm' })
  // Scalars that the engine keeps for good.
  startFacetConvTraining(ours, work, convInputs(work)).release()
  const before = memory()
  const training = startFacetConvTraining(ours, work, convInputs(work))
  training.step()
  const afterOne = memory()
  for (let i = 0; i < 5; i++) training.step()
  expect(memory()).toEqual(afterOne)
  training.release()
  expect(memory()).toEqual(before)
})
