import {
  Autoencoder,
  conv,
  dense,
  fit,
  maxout,
  maxPool,
  reconstruction,
  reshaped,
  residual,
  sequential,
} from '@facet/models'
import { init, key } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { lieGroupSecondOrder, skewSymmetric } from './index.ts'

beforeAll(() => init())

/** A decoder whose walls are of every kind. */
const decoder = () =>
  sequential({
    input: [3],
    layers: [
      dense({ units: 16 }),
      reshaped([1, 4, 4]),
      conv({ channels: 2, padding: 1 }),
      maxPool({ size: 2 }),
      maxout({ units: 8 }),
      residual({ layers: [dense({ units: 8 })] }),
      dense({ units: 16, activation: 'identity' }),
    ],
    key: key(1),
    name: 'decoder',
  })

const encoder = () =>
  sequential({
    input: [16],
    layers: [dense({ units: 3, activation: 'identity' })],
    key: key(0),
    name: 'encoder',
  })

it('the second order with exact neighbours across walls of every kind is replayed to the bits of eager steps', async () => {
  const trained = async (replay: boolean) => {
    const model = new Autoencoder(encoder(), decoder())
    const objective = [
      reconstruction(),
      lieGroupSecondOrder({ neighbours: 'exact', generators: skewSymmetric() }),
    ]
    const { execution } = await fit(model, key('data').normal([32, 16]), {
      epochs: 6,
      batchSize: 8,
      replay,
      objective,
    })
    return { execution, values: model.parameters.map(({ value }) => [...value.dataSync()]) }
  }
  const [replayed, eager] = [await trained(true), await trained(false)]
  expect(replayed.execution).toEqual({ eager: 2, replayed: 22, obstacle: null })
  expect(replayed.values).toEqual(eager.values)
})
