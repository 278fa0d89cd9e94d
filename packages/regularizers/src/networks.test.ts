import {
  adam,
  fit,
  type Model,
  meanSquaredError,
  type Network,
  network,
  type Objective,
  type ObjectiveRun,
} from '@facet/models'
import { init, key, matmul, mean, square, sum } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  contractive,
  denoising,
  higherOrderContractive,
  kSparse,
  lieGroupFirstOrder,
  lieGroupSecondOrder,
  mixup,
  sparseCode,
  weightDecay,
} from './index.ts'

beforeAll(() => init())

const net = () =>
  network({ sizes: [3, 8, 2], activations: ['relu', 'identity'], key: key(0), dtype: 'float64' })
const x = () => key('x').normal([12, 3], 'float64')
const at = { key: key(0), step: 0, epoch: 0 }
const valuesOf = (objective: Objective<ObjectiveRun, Model>, model: Model) =>
  objective.start(model, x(), key(0)).loss({ x: x(), indices: new Int32Array(12) }, at).values

describe('a network', () => {
  it('has its weights decayed, without biases', () => {
    const model = net()
    const expected = model.weights.reduce((total, { value }) => total + sum(square(value)).item(), 0)
    expect(model.weights.length).toBe(2)
    expect(valuesOf(weightDecay(), model).weightDecay.item()).toBeCloseTo(expected, 12)
  })

  it('is contracted by the Jacobian of the whole of it', () => {
    const model = net()
    const expected = mean(sum(square(model.jacobian(x())), [1, 2])).item()
    expect(valuesOf(contractive(), model).contractive.item()).toBeCloseTo(expected, 12)
    const { contractive: first, higherOrder } = valuesOf(higherOrderContractive({ sigma: 0.5 }), model)
    expect(first.item()).toBeCloseTo(expected, 12)
    expect(higherOrder.item()).toBeGreaterThan(0)
  })

  it('trains with them beside its own objective, to smaller weights and Jacobians', async () => {
    const y = matmul(x(), key('map').normal([3, 2], 'float64'))
    const trained = async (objective: readonly Objective<ObjectiveRun, Network>[]) => {
      const model = net()
      const { epochs, execution } = await fit(
        model,
        { x: x(), y },
        {
          ...{ epochs: 60, batchSize: 4, objective },
          optimizer: adam({ learningRate: 1e-2 }),
        },
      )
      expect(execution.obstacle).toBe(null)
      return { train: epochs[59].train, jacobian: mean(square(model.jacobian(x()))).item() }
    }
    const plain = await trained([meanSquaredError()])
    const contracted = await trained([meanSquaredError(), contractive({ weight: 1 })])
    expect(contracted.jacobian).toBeLessThan(0.5 * plain.jacobian)
    const decay = async (weight: number) =>
      (await trained([meanSquaredError(), weightDecay({ weight })])).train.weightDecay
    expect(await decay(1)).toBeLessThan(0.9 * (await decay(0)))
  })

  it.each([
    denoising(),
    sparseCode(),
    kSparse({ k: 1 }),
    mixup(),
    lieGroupFirstOrder(),
    lieGroupSecondOrder(),
  ])('is refused by what regularizes autoencoders alone: $name', async (objective) => {
    const data = { x: x(), y: key('y').normal([12, 2], 'float64') }
    // @ts-expect-error
    await expect(fit(net(), data, { epochs: 1, batchSize: 4, objective })).rejects.toThrow(
      `objective '${objective.name}': expected an Autoencoder, got a Network`,
    )
  })
})
