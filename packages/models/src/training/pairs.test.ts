import { add, init, key, matmul, mul, rows, type Tensor, tensor, zeros } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  adam,
  autoencoder,
  type FitOptions,
  fit,
  type Objective,
  reconstruction,
  reconstructionError,
  sumOfObjectives,
  Trainer,
} from '../index.ts'
import { objectiveOf } from '../testing/objective-of.ts'

beforeAll(() => init())

const options = { epochs: 2, batchSize: 4 } as const
const model = (seed = 0) => autoencoder({ input: 4, bottleneck: 2, encoderHidden: [8], seed })

/** Points of a plane in four dimensions, and the same beside noise. */
function pairs(count: number, stream: string): { x: Tensor; y: Tensor } {
  const y = matmul(
    key(stream).normal([count, 2]),
    tensor([
      [1, 0, 1, -1],
      [0, 1, 1, 1],
    ]),
  )
  return { x: add(y, mul(key(stream).child('noise').normal([count, 4]), 0.7)), y }
}

const bitsOf = ({ parameters }: { parameters: readonly { value: Tensor }[] }) =>
  parameters.map(({ value }) => value.dataSync())

describe('fit of an autoencoder on pairs', () => {
  it('learns to take the noise away: the error to clean rows falls below that of the noise, and of a model that repeats noisy rows', async () => {
    const [train, validation, test] = [pairs(400, 'train'), pairs(100, 'validation'), pairs(200, 'test')]
    const [cleaner, repeater] = [model(), model()]
    const long = { epochs: 60, batchSize: 32, optimizer: adam({ learningRate: 1e-2 }) }
    await fit(cleaner, { train, validation }, long)
    await fit(repeater, { train: train.x, validation: validation.x }, long)
    const errorOf = (m: typeof cleaner) => reconstructionError(m, test.x, test.y)
    expect(errorOf(cleaner)).toBeLessThan(0.49)
    expect(errorOf(cleaner)).toBeLessThan(errorOf(repeater))
  })

  it('does, with y equal to x, what it does with x alone, to the bit', async () => {
    const { x } = pairs(12, 'train')
    const [one, other] = [model(), model()]
    const alone = await fit(one, { train: x, validation: x }, options)
    const paired = await fit(other, { train: { x, y: x }, validation: { x, y: x } }, options)
    expect(paired.epochs).toEqual(alone.epochs)
    expect(bitsOf(other)).toEqual(bitsOf(one))
  })

  it('reports, validates and chooses the best epoch by the error to y', async () => {
    const [train, validation] = [pairs(8, 'train'), pairs(6, 'validation')]
    const m = model()
    const { epochs, bestEpoch } = await fit(m, { train, validation }, { ...options, epochs: 3 })
    expect(epochs[bestEpoch!].validation).toBeCloseTo(reconstructionError(m, validation.x, validation.y), 6)
    const fresh = model()
    const before = reconstructionError(fresh, train.x, train.y)
    const trainer = new Trainer(fresh, train, { epochs: 1, batchSize: 8 })
    expect(trainer.step().values.mse).toBeCloseTo(before, 5)
    trainer.release()
  })

  it('goes on from a checkpoint to the same bits, and not with other targets', async () => {
    const train = pairs(8, 'train')
    const [straight, broken] = [model(), model()]
    await fit(straight, train, { ...options, epochs: 4 })
    let checkpoint: Uint8Array | undefined
    await fit(broken, train, { ...options, onCheckpoint: (bytes) => void (checkpoint = bytes) })
    await fit(broken, train, { ...options, epochs: 4, resume: checkpoint })
    expect(bitsOf(broken)).toEqual(bitsOf(straight))
    const others = { x: train.x, y: zeros([8, 4]) }
    await expect(fit(model(), others, { ...options, epochs: 4, resume: checkpoint })).rejects.toThrow(
      'a checkpoint of another numbers in the targets of the training data',
    )
    await expect(fit(model(), train.x, { ...options, epochs: 4, resume: checkpoint })).rejects.toThrow(
      'targets of the training data',
    )
  })

  it('is replayed, with accumulation as well', async () => {
    for (const accumulate of [1, 2]) {
      const { execution } = await fit(model(), pairs(16, 'train'), { ...options, accumulate, epochs: 4 })
      expect(execution.obstacle).toBeNull()
      expect(execution.replayed).toBeGreaterThan(0)
    }
  })

  const { x, y } = { x: () => zeros([6, 4]), y: () => zeros([6, 4]) }

  it.each<[string, () => unknown, string]>([
    [
      'of another width',
      () => ({ x: x(), y: zeros([6, 3]) }),
      "fit: training data: expected y float32 [n, 4], as the autoencoder's outputs, got float32 [6, 3]",
    ],
    [
      'of another dtype',
      () => ({ x: x(), y: zeros([6, 4], 'float64') }),
      "fit: training data: expected y float32 [n, 4], as the autoencoder's outputs, got float64 [6, 4]",
    ],
    [
      'with fewer rows',
      () => ({ x: x(), y: zeros([5, 4]) }),
      'fit: training data: expected y with a row for each of the 6 of x, got [5, 4]',
    ],
    [
      'that are no tensor',
      () => ({ x: x(), y: [[1]] }),
      'fit: training data: expected y as a tensor, got an array',
    ],
    [
      'with NaN',
      () => ({ x: tensor([[1, 2, 3, 4]]), y: tensor([[1, 2, Number.NaN, 4]]) }),
      'fit: expected finite y of the training data, got NaN at row 0, column 2',
    ],
    [
      'in the training set alone',
      () => ({ train: { x: x(), y: y() }, validation: x() }),
      'fit: expected targets y in both sets of an autoencoder or in none, got y in the training data and none in the validation data',
    ],
    [
      'in the validation set alone',
      () => ({ train: x(), validation: { x: x(), y: y() } }),
      'got y in the validation data and none in the training data',
    ],
  ])('refuses targets %s', async (_, data, said) => {
    await expect(fit(model(), data() as Tensor, { epochs: 1, batchSize: 1 })).rejects.toThrow(said)
  })

  it('refuses, by its name, an objective that does not say what it does with y, also in a list and a sum', async () => {
    const silent = objectiveOf((m, { x }) => mul(m.encode(x).shape[0], zeros([])), undefined, 'silent')
    const said =
      /^fit: training data: objective 'silent': expected samples without targets, since it has no checkTargets\(\) and would pass them over, got y$/
    const data = { x: x(), y: y() }
    for (const objective of [
      silent,
      [reconstruction(), silent],
      sumOfObjectives([reconstruction(), silent]),
    ]) {
      await expect(fit(model(), data, { ...options, objective } as FitOptions)).rejects.toThrow(said)
    }
    const knowing: Objective = { ...silent, checkTargets: () => {} }
    await fit(model(), data, { ...options, objective: [reconstruction(), knowing], replay: false })
  })
})

describe('reconstructionError', () => {
  it('compares with targets, and refuses such as do not fit', () => {
    const [m, data] = [model(), pairs(70, 'test')]
    const whole = m.reconstruct(data.x).dataSync() as Float32Array
    const clean = data.y.dataSync() as Float32Array
    const expected = whole.reduce((sum, value, i) => sum + (value - clean[i]) ** 2, 0) / whole.length
    expect(reconstructionError(m, data.x, data.y)).toBeCloseTo(expected, 5)
    expect(() => reconstructionError(m, data.x, rows(data.y, 0, 3))).toThrow(
      'reconstructionError: data: expected y with a row for each of the 70 of x, got [3, 4]',
    )
  })
})
