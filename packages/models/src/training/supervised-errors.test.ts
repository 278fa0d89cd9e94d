import { init, key, tensor, zeros } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  autoencoder,
  crossEntropy,
  type FitOptions,
  fit,
  meanSquaredError,
  type Network,
  network,
  type ObjectiveOption,
  reconstruction,
  Trainer,
} from '../index.ts'

beforeAll(() => init())

type Options = FitOptions<ObjectiveOption<Network>>
const options = { epochs: 2, batchSize: 2 }
const classes: Options = { ...options, objective: crossEntropy() }
const net = (outputs = 1) =>
  network({ sizes: [2, 4, outputs], activations: ['relu', 'identity'], key: key(0) })
const x = () => key('x').normal([6, 2])
const labels = (...values: number[]) => tensor(Int32Array.from(values))

describe('fit of a network refuses', () => {
  it('targets of fewer or more rows than the samples', async () => {
    await expect(fit(net(), { x: x(), y: zeros([5, 1]) }, options)).rejects.toThrow(
      'fit: training data: expected y with a row for each of the 6 of x, got [5, 1]',
    )
    const train = { x: x(), y: zeros([6, 1]) }
    await expect(fit(net(), { train, validation: { x: x(), y: zeros([7, 1]) } }, options)).rejects.toThrow(
      'fit: validation data: expected y with a row for each of the 6 of x, got [7, 1]',
    )
    await expect(fit(net(3), { x: x(), y: labels(0, 1) }, classes)).rejects.toThrow(
      'fit: training data: expected y with a row for each of the 6 of x, got [2]',
    )
    await expect(fit(net(), { x: x(), y: tensor(1) }, options)).rejects.toThrow(
      'fit: training data: expected y with a row for each of the 6 of x, got []',
    )
  })

  it('targets of another width, rank or dtype than its outputs', async () => {
    const refused = (y: Parameters<typeof zeros>[0], dtype?: 'float64' | 'int32') =>
      expect(fit(net(), { x: x(), y: zeros(y, dtype) }, options)).rejects
    const expected =
      "fit: training data: meanSquaredError: expected y float32 [n, 1], as the network's outputs, got "
    await refused([6, 2]).toThrow(`${expected}float32 [6, 2]`)
    await refused([6]).toThrow(`${expected}float32 [6]`)
    await refused([6, 1], 'float64').toThrow(`${expected}float64 [6, 1]`)
    await refused([6], 'int32').toThrow(`${expected}int32 [6]`)
  })

  it('no targets where the objective needs them, in training or validation', async () => {
    await expect(fit(net(), x(), options)).rejects.toThrow(
      "fit: training data: meanSquaredError: expected y float32 [n, 1], as the network's outputs, got none",
    )
    await expect(fit(net(3), { x: x() }, classes)).rejects.toThrow(
      'fit: training data: crossEntropy: expected y int32 [n], or float32 [n, 3], shares of the classes, got none',
    )
    await expect(fit(net(), { x: x(), y: zeros([6, 1]) }, { ...options, validation: x() })).rejects.toThrow(
      'fit: validation data: meanSquaredError: expected y float32 [n, 1]',
    )
  })

  it('NaN and infinity among targets, naming row and column', async () => {
    const y = (value: number) => tensor([0, 1, 2, 3, 4, 5].map((i) => [0, i === 4 ? value : 0]))
    await expect(fit(net(2), { x: x(), y: y(NaN) }, options)).rejects.toThrow(
      'fit: expected finite y of the training data, got NaN at row 4, column 1',
    )
    const train = { x: x(), y: y(0) }
    await expect(fit(net(2), { train, validation: { x: x(), y: y(-Infinity) } }, options)).rejects.toThrow(
      'fit: expected finite y of the validation data, got -Infinity at row 4, column 1',
    )
    await expect(fit(net(), { x: x(), y: tensor([0, 0, Infinity, 0, 0, 0]) }, options)).rejects.toThrow(
      'fit: expected finite y of the training data, got Infinity at row 2',
    )
  })

  it('labels that the network has no output for, naming the row', async () => {
    await expect(fit(net(3), { x: x(), y: labels(0, 1, 2, 3, 0, 0) }, classes)).rejects.toThrow(
      'fit: training data: crossEntropy: expected classes of y from 0 to 2, as the network has 3 outputs, got 3 at row 3',
    )
    const train = { x: x(), y: labels(0, 1, 2, 0, 1, 2) }
    const validation = { x: x(), y: labels(0, -1, 0, 0, 0, 0) }
    await expect(fit(net(3), { train, validation }, classes)).rejects.toThrow(
      'fit: validation data: crossEntropy: expected classes of y from 0 to 2, as the network has 3 outputs, got -1 at row 1',
    )
  })

  it('shares of classes that are none, and classes of one output', async () => {
    const y = (row: number[]) => tensor([[1, 0, 0], [0, 1, 0], row, [1, 0, 0], [1, 0, 0], [0.9, 0.05, 0.05]])
    const expected =
      'fit: training data: crossEntropy: expected shares of classes in y, at least 0 and 1 together, got '
    await expect(fit(net(3), { x: x(), y: y([1, 1, 0]) }, classes)).rejects.toThrow(
      `${expected}2 together in row 2`,
    )
    await expect(fit(net(3), { x: x(), y: y([1.5, -0.5, 0]) }, classes)).rejects.toThrow(
      `${expected}-0.5 at row 2, column 1`,
    )
    await expect(fit(net(3), { x: x(), y: y([0, 0, 1]) }, classes)).resolves.toMatchObject({ aborted: false })
    await expect(fit(net(), { x: x(), y: labels(0, 0, 0, 0, 0, 0) }, classes)).rejects.toThrow(
      'fit: training data: crossEntropy: expected a network of 2 outputs or more, one for each class, got 1',
    )
  })

  it('samples of another width and data of another form', async () => {
    const y = zeros([6, 1])
    await expect(fit(net(), { x: zeros([6, 3]), y }, options)).rejects.toThrow(
      'fit: expected training data [n, 2] with n ≥ 1, got [6, 3]',
    )
    await expect(fit(net(), { y } as never, options)).rejects.toThrow(
      'fit: expected a tensor [n, d], { x, y } or { train, validation }, got an object with keys y',
    )
    await expect(fit(net(), { x: x(), y: [1, 2] } as never, options)).rejects.toThrow(
      'fit: training data: expected y as a tensor, got an array of 2',
    )
    await expect(fit(net(), { x: x(), y, validation: x() } as never, options)).rejects.toThrow(
      'fit: expected a tensor [n, d], { x, y } or { train, validation }, got an object with keys x, y, validation',
    )
    const both = { train: { x: x(), y }, validation: { x: x(), y } }
    await expect(fit(net(), both, { ...options, validation: { x: x(), y } })).rejects.toThrow(
      'fit: expected one validation set, got one with the data and another in the options',
    )
  })

  it('an objective of autoencoders, by its type and in words', async () => {
    const data = { x: x(), y: zeros([6, 1]) }
    const said = "objective 'reconstruction': expected an Autoencoder, got a Network"
    // @ts-expect-error
    await expect(fit(net(), data, { ...options, objective: reconstruction() })).rejects.toThrow(said)
    const list = [meanSquaredError(), reconstruction()] as const
    // @ts-expect-error
    await expect(fit(net(), data, { ...options, objective: list })).rejects.toThrow(said)
    // @ts-expect-error
    expect(() => new Trainer(net(), data, { ...options, objective: reconstruction() })).toThrow(said)
  })
})

describe('fit of an autoencoder refuses', () => {
  const model = () => autoencoder({ input: 2, bottleneck: 1 })

  it('an objective of networks, by its type and in words', async () => {
    for (const objective of [meanSquaredError(), crossEntropy()]) {
      const said = `objective '${objective.name}': expected a Network, got an Autoencoder`
      // @ts-expect-error
      await expect(fit(model(), x(), { ...options, objective })).rejects.toThrow(said)
    }
  })
})
