import { div, init, key, mul, sqrt, square, sum, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  adam,
  autoencoder,
  type FitOptions,
  fit,
  type Objective,
  Parameter,
  reconstruction,
  sgd,
} from '../index.ts'
import { objectiveOf } from '../testing/objective-of.ts'

beforeAll(() => init())

const model = () => autoencoder({ input: 3, bottleneck: 1, encoderHidden: [4], decoderHidden: [4] })
const data = (rows = 6, columns = 3) => key(0).normal([rows, columns])
const options: FitOptions = { epochs: 2, batchSize: 2 }

/** One number of some data replaced. */
function spoiled(row: number, column: number, value: number): Tensor {
  const values = data().toArray() as number[][]
  values[row][column] = value
  return tensor(values)
}

describe('fit refuses', () => {
  it('options nobody reads, naming the nearest known one', async () => {
    await expect(fit(model(), data(), { ...options, batchsize: 3 } as FitOptions)).rejects.toThrow(
      "fit: unknown option 'batchsize'; did you mean 'batchSize'?",
    )
  })

  it('counts that are not positive integers', async () => {
    await expect(fit(model(), data(), { ...options, epochs: 0 })).rejects.toThrow(
      'fit: epochs: expected an integer of at least 1, got 0',
    )
    await expect(fit(model(), data(), { epochs: 1 } as FitOptions)).rejects.toThrow(
      'fit: batchSize: expected an integer of at least 1, got undefined',
    )
  })

  it('a batch larger than the set', async () => {
    await expect(fit(model(), data(), { ...options, batchSize: 7 })).rejects.toThrow(
      'fit: expected batchSize of at most the 6 training samples, got 7',
    )
  })

  it('data of another shape or dtype than the model takes', async () => {
    await expect(fit(model(), data(6, 4), options)).rejects.toThrow(
      'fit: expected training data [n, 3] with n ≥ 1, got [6, 4]',
    )
    await expect(fit(model(), { train: data(), validation: data(0) }, options)).rejects.toThrow(
      'fit: expected validation data [n, 3] with n ≥ 1, got [0, 3]',
    )
    await expect(fit(model(), key(0).normal([6, 3], 'float64'), options)).rejects.toThrow(
      "fit: expected training data of the model's dtype float32, got float64",
    )
  })

  it('a model that is none, and options that are missing', async () => {
    const { layers } = model().encoder
    await expect(fit(layers[0] as never, data() as never, options)).rejects.toThrow(
      'fit: expected an Autoencoder or a Network, got an object of class Dense',
    )
    await expect(fit(model(), data(), undefined as never)).rejects.toThrow(
      /^fit: expected options \{ epochs, batchSize, .* \}, got undefined$/,
    )
  })

  it('data that are not tensors, and a training set that is missing', async () => {
    await expect(fit(model(), { validation: data() } as never, options)).rejects.toThrow(
      'fit: expected a tensor [n, d], { x, y } or { train, validation }, got an object with keys validation',
    )
    await expect(fit(model(), { train: [[1, 2, 3]] } as never, options)).rejects.toThrow(
      'fit: expected training data as a tensor [n, 3], got an array of 1',
    )
  })

  it('NaN and infinity in the data, naming row and column', async () => {
    await expect(fit(model(), spoiled(4, 1, NaN), options)).rejects.toThrow(
      'fit: expected finite training data, got NaN at row 4, column 1',
    )
    await expect(
      fit(model(), { train: data(), validation: spoiled(0, 2, -Infinity) }, options),
    ).rejects.toThrow('fit: expected finite validation data, got -Infinity at row 0, column 2')
  })

  it('two validation sets, and restoreBest without any', async () => {
    const both = { train: data(), validation: data() }
    await expect(fit(model(), both, { ...options, validation: data() })).rejects.toThrow(
      'fit: expected one validation set, got one with the data and another in the options',
    )
    await expect(fit(model(), data(), { ...options, restoreBest: true })).rejects.toThrow(
      'fit: restoreBest expected a validation set, got none',
    )
  })

  it.each([
    [{ optimizer: adam }, 'fit: optimizer: expected one such as adam(), got the function adam'],
    [{ optimizer: 'adam' }, "fit: optimizer: expected one such as adam(), got 'adam'"],
    [
      { objective: reconstruction },
      'fit: objective: expected one such as reconstruction(), got the function reconstruction',
    ],
    [
      { objective: [reconstruction(), { name: 'mine', parameters: [], loss() {} }] },
      'fit: objective: expected one such as reconstruction(), got one without start()',
    ],
    [
      { signal: new AbortController() },
      'fit: signal: expected an AbortSignal, got an object of class AbortController',
    ],
    [{ objective: [undefined] }, 'fit: objective: expected one such as reconstruction(), got undefined'],
    [{ resume: 'checkpoint.st' }, "decodeSafetensors: expected a Uint8Array, got 'checkpoint.st'"],
  ])('what only looks like an objective, an optimizer or a checkpoint (%#)', async (wrong, message) => {
    await expect(fit(model(), data(), { ...options, ...wrong } as FitOptions)).rejects.toThrow(message)
  })

  it('a loss that is no scalar, naming the objective', async () => {
    const answering = (answer: unknown): Objective => ({
      name: 'mine',
      start: () => ({ parameters: [], loss: () => answer as never, diagnostics: () => ({}) }),
    })
    const run = (answer: unknown) =>
      fit(model(), data(), { ...options, objective: [reconstruction(), answering(answer)] })
    await expect(run(tensor(1))).rejects.toThrow(
      "objective 'mine': expected loss() to return { loss, values }, got Tensor([] float32)",
    )
    await expect(run({ loss: data(), values: {} })).rejects.toThrow(
      "objective 'mine': expected loss to be a scalar, got Tensor([6, 3] float32)",
    )
    await expect(run({ loss: tensor(1), values: { size: 3 } })).rejects.toThrow(
      "objective 'mine': expected size to be a scalar, got 3",
    )
  })

  it('an objective that does not start as one, naming it', async () => {
    const starting = (run: unknown): Objective => ({ name: 'mine', start: () => run as never })
    for (const run of [undefined, { loss() {}, diagnostics() {} }, { parameters: [], loss() {} }]) {
      await expect(fit(model(), data(), { ...options, objective: starting(run) })).rejects.toThrow(
        "objective 'mine': expected start() to return { parameters, loss, diagnostics }, got ",
      )
    }
  })

  it('an empty list of objectives', async () => {
    await expect(fit(model(), data(), { ...options, objective: [] })).rejects.toThrow(
      'fit: expected at least one objective, got none',
    )
  })
})

describe('a loss that is not finite', () => {
  const zeroByZero = objectiveOf((_model, { x }) => div(mul(sum(x), 0), 0), undefined, 'zeroByZero')

  it('is reported with epoch, batch, objective and model, before any weight has changed', async () => {
    const net = model()
    const before = net.parameters.map(({ value }) => value.dataSync())
    await expect(fit(net, data(), { ...options, objective: [reconstruction(), zeroByZero] })).rejects.toThrow(
      /^fit: expected a finite loss at epoch 0, batch 0 \(counted from 0\), got NaN \(reconstruction \d.*, zeroByZero NaN\); model float32, encoder 3-4/,
    )
    expect(net.parameters.map(({ value }) => value.dataSync())).toEqual(before)
  })

  it('is not needed for a broken gradient to be found by the end of the epoch', async () => {
    const root = new Parameter('root', tensor(0))
    // 0, with gradient 0 · ∞
    const objective = objectiveOf(
      () => sqrt(square(root.value)),
      () => [root],
    )
    await expect(fit(model(), data(), { epochs: 1, batchSize: 6, objective })).rejects.toThrow(
      /^fit: expected finite weights after epoch 0, got NaN or infinity in 'root': .*; model float32, encoder 3-4/,
    )
  })

  it('is found where it first happens', async () => {
    const run = fit(model(), mul(data(), 1e3), {
      epochs: 9,
      batchSize: 2,
      optimizer: sgd({ learningRate: 1e9 }),
    })
    await expect(run).rejects.toThrow(
      /expected a finite loss at epoch 0, batch [12] \(counted from 0\), got (NaN|Infinity)/,
    )
  })
})
