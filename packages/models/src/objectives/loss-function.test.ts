import { abs, cast, init, key, mean, mul, square, sub, sum, type Tensor, tensor, zeros } from '@facet/tensor'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import {
  amountAt,
  autoencoder,
  conv,
  dense,
  type FitOptions,
  fit,
  type History,
  type LossFunction,
  network,
  type Objective,
  reconstruction,
  sequential,
  sumOfObjectives,
  warmup,
} from '../index.ts'

beforeAll(() => init())

const options = { epochs: 6, batchSize: 4 } as const
const model = (seed = 0) => autoencoder({ input: 4, bottleneck: 2, encoderHidden: [8], seed })
const net = (seed = 0) => network({ sizes: [4, 8, 2], activations: ['relu', 'identity'], key: key(seed) })
const x = () => key('x').normal([12, 4])
const y = () => key('y').normal([12, 2])

const squared: LossFunction = (output, target) => mean(square(sub(output, target)))

const bitsOf = ({ parameters }: { parameters: readonly { value: Tensor }[] }) =>
  parameters.map(({ value }) => value.dataSync())

describe('a plain function as loss', () => {
  it('that is the mean squared error trains an autoencoder and a network as the default does, to the bit', async () => {
    const [a, b] = [model(), model()]
    await fit(a, x(), options)
    await fit(b, x(), { ...options, objective: squared })
    expect(bitsOf(b)).toEqual(bitsOf(a))
    const [c, d] = [net(), net()]
    await fit(c, { x: x(), y: y() }, options)
    await fit(d, { x: x(), y: y() }, { ...options, objective: squared })
    expect(bitsOf(d)).toEqual(bitsOf(c))
    const images = () =>
      sequential({
        input: [1, 2, 2],
        layers: [conv({ channels: 2, kernel: 1 }), dense({ units: 2 })],
        key: key(0),
      })
    const [e, f] = [images(), images()]
    await fit(e, { x: x(), y: y() }, options)
    await fit(f, { x: x(), y: y() }, { ...options, objective: squared })
    expect(bitsOf(f)).toEqual(bitsOf(e))
  })

  it('gets what the model makes of the batch, its targets, and where training stands', async () => {
    const seen: (readonly number[])[] = []
    const objective = vi.fn<LossFunction>((output, target, at) => {
      seen.push([...output.shape, ...target.shape, at.step, at.epoch, at.totalSteps ?? -1])
      return mean(abs(sub(output, target)))
    })
    await fit(net(), { x: x(), y: y() }, { ...options, epochs: 1, objective, replay: false })
    expect(seen).toEqual([
      [4, 2, 4, 2, 0, 0, 3],
      [4, 2, 4, 2, 1, 0, 3],
      [4, 2, 4, 2, 2, 0, 3],
    ])
  })

  it('compares with the targets of pairs', async () => {
    const clean = key('clean').normal([12, 4])
    const [a, b] = [model(), model()]
    await fit(a, { x: x(), y: clean }, options)
    await fit(b, { x: x(), y: clean }, { ...options, objective: squared })
    expect(bitsOf(b)).toEqual(bitsOf(a))
  })

  it.each<[string, LossFunction]>([
    ['plain', (output, target) => mean(abs(sub(output, target)))],
    [
      'with an amount that follows a schedule',
      (output, target, at) => mul(squared(output, target, at), amountAt(warmup(9), at)),
    ],
    [
      'with draws from at.key',
      (output, target, at) => mean(square(sub(output, mul(target, at.key.normal([4, 4]))))),
    ],
  ])('is replayed: %s', async (_, objective) => {
    const run = async (replay: boolean) => {
      const m = model()
      const { execution, epochs } = await fit(m, x(), { ...options, objective, replay })
      return { execution, rest: { epochs, bits: bitsOf(m) } }
    }
    const [replayed, eager] = [await run(true), await run(false)]
    expect(replayed.execution).toMatchObject({ obstacle: null })
    expect(replayed.execution.replayed).toBeGreaterThan(10)
    expect(replayed.rest).toEqual(eager.rest)
  })

  it('that reads the number of the step is computed without replay, which the history says', async () => {
    const objective: LossFunction = (output, target, { step }) =>
      mul(mean(abs(sub(output, target))), 1 / (1 + step))
    const { execution } = await fit(model(), x(), { ...options, objective })
    expect(execution.obstacle).toMatch(/reads the number of the step/)
  })

  it('stands in lists and sums beside objectives, each under a name of its own', async () => {
    const objective = [reconstruction(), squared, squared] as const
    const history: History<typeof objective> = await fit(model(), x(), { ...options, objective })
    expect(history.objectives).toHaveLength(3)
    expect(Object.keys(history.diagnostics)).toEqual(['model', 'reconstruction', 'loss', 'loss#2'])
    const { train } = history.epochs[0]
    expect(train.loss).toBeCloseTo(3 * train.mse, 5)
    const [a, b] = [model(), model()]
    await fit(a, x(), { ...options, objective })
    await fit(b, x(), { ...options, objective: sumOfObjectives(objective) })
    expect(bitsOf(b)).toEqual(bitsOf(a))
  })

  it('goes on from a checkpoint with the same function, and is refused with another', async () => {
    const [straight, broken] = [model(), model()]
    await fit(straight, x(), { ...options, objective: squared })
    let checkpoint: Uint8Array | undefined
    const half = { ...options, epochs: 3, objective: squared }
    await fit(broken, x(), { ...half, onCheckpoint: (bytes) => void (checkpoint = bytes) })
    await fit(broken, x(), { ...options, objective: squared, resume: checkpoint })
    expect(bitsOf(broken)).toEqual(bitsOf(straight))
    const other: LossFunction = (output, target) => mean(abs(sub(output, target)))
    await expect(fit(model(), x(), { ...options, objective: other, resume: checkpoint })).rejects.toThrow(
      'fit: resume: a checkpoint of another objective',
    )
  })

  it.each<[string, unknown, string]>([
    ['a tensor that is no scalar', (output: Tensor) => output, 'got Tensor([4, 4] float32)'],
    ['whole numbers', (output: Tensor) => sum(cast(output, 'int32')), 'got Tensor([] int32)'],
    ['a number', () => 3, 'got 3'],
    ['nothing', () => {}, 'got undefined'],
    ['a promise', async (output: Tensor) => mean(output), 'got an object of class Promise'],
    ['an array', (output: Tensor) => [mean(output)], 'got an array'],
  ])('that gives %s is refused, with what came', async (_, objective, got) => {
    const said = `objective 'loss': expected (output, target, at) => a scalar tensor of floats, such as mean(…), ${got}`
    for (const replay of [true, false]) {
      await expect(fit(model(), x(), { ...options, objective, replay } as FitOptions)).rejects.toThrow(said)
    }
  })

  it('without targets for a network is refused', async () => {
    await expect(fit(net(), x(), { ...options, objective: squared })).rejects.toThrow(
      "fit: training data: objective 'loss': expected y, a row for each sample, got none",
    )
  })

  it('takes classes as targets of a network', async () => {
    const labels = tensor(Int32Array.from({ length: 12 }, (_, i) => i % 2))
    const objective: LossFunction = (output, target) =>
      mean(square(sub(sum(output, 1), cast(target, 'float32'))))
    const { epochs } = await fit(net(), { x: x(), y: labels }, { ...options, objective })
    expect(epochs[5].train.loss).toBeLessThan(epochs[0].train.loss)
  })
})

describe('an objective whose loss is no scalar of floats', () => {
  it.each<[string, () => unknown, string]>([
    ['a vector', () => zeros([3]), 'a scalar, got'],
    ['a whole number', () => zeros([], 'int32'), 'a scalar of floats, got'],
  ])('but %s is refused, with what came', async (_, loss, got) => {
    const objective: Objective = {
      name: 'odd',
      start: () => ({
        parameters: [],
        loss: () => ({ loss: loss() as Tensor, values: {} }),
        diagnostics: () => ({}),
      }),
    }
    await expect(fit(model(), x(), { ...options, objective })).rejects.toThrow(
      `objective 'odd': expected loss to be ${got}`,
    )
  })
})
