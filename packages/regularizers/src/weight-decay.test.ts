import { autoencoder, withValues } from '@facet/models'
import { init, key, zeros } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { weightDecay } from './weight-decay.ts'

beforeAll(() => init())

it('counts the skips of a skip autoencoder as weights, and neither biases nor mean', () => {
  const data = key('data').normal([12, 5], 'float64')
  const model = autoencoder({ input: 5, bottleneck: 2, skip: 'pca', data, dtype: 'float64' })
  const decay = weightDecay().start(model, data, key(0))
  const { parameters } = model
  const withoutLayers = parameters.map(({ name, value }) =>
    name.endsWith('skip.weight') ? value : zeros(value.shape, 'float64'),
  )
  const batch = { x: data, indices: new Int32Array(12) }
  const at = { key: key(0), step: 0, epoch: 0 }
  const value = withValues(parameters, withoutLayers, () => decay.loss(batch, at).values.weightDecay)
  // P_E has two orthonormal rows, P_D is its transpose.
  expect(value.item()).toBeCloseTo(4, 12)
})
