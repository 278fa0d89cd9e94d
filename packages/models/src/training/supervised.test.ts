import { add, cos, init, key, mean, mul, rows, sin, slice, square, type Tensor, tensor } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  adam,
  conv,
  crossEntropy,
  dense,
  type FitOptions,
  fit,
  type History,
  liveUnits,
  maxPool,
  meanSquaredError,
  type Network,
  network,
  type Objective,
  type ObjectiveOption,
  type ObjectiveRun,
  predictionError,
  reconstruction,
  type Samples,
  sequential,
  sgd,
  sumOfObjectives,
  Trainer,
  warmup,
} from '../index.ts'

beforeAll(() => init())

type Options = FitOptions<ObjectiveOption<Network>>

/** sin x₁ + ½ cos x₂ on [n, 2]. */
function surface(count: number, stream = 'x'): { x: Tensor; y: Tensor } {
  const x = key(stream).uniform([count, 2], { low: -2, high: 2 })
  const [first, second] = [0, 1].map((column) => slice(x, [0, column], [count, 1]))
  return { x, y: add(sin(first), mul(cos(second), 0.5)) }
}

/** Three classes: the third of the circle that a point lies in. */
function thirds(count: number, stream = 'x'): { x: Tensor; labels: Int32Array; y: Tensor; shares: Tensor } {
  const x = key(stream).normal([count, 2])
  const points = x.toArray() as number[][]
  const labels = Int32Array.from(points, ([a, b]) =>
    Math.floor(((Math.atan2(b, a) / Math.PI + 1) / 2) * 2.999),
  )
  const shares = tensor(Array.from(labels, (label) => [0, 1, 2].map((k) => Number(k === label))))
  return { x, labels, y: tensor(labels), shares }
}

const small = (outputs = 1, seed = 0) =>
  network({ sizes: [2, 16, outputs], activations: ['relu', 'identity'], key: key(seed) })

const bitsOf = (net: Network) => net.parameters.map(({ value }) => value.dataSync())
const trainedBy = ({ execution: _, ...rest }: History<ObjectiveOption<Network>>) => rest

describe('fit of a network', () => {
  it('learns a function of two numbers from samples and targets', async () => {
    const [net, test] = [small(), surface(64, 'test')]
    const before = predictionError(net, test.x, test.y)
    const history = await fit(net, surface(128), {
      ...{ epochs: 60, batchSize: 16 },
      optimizer: adam({ learningRate: 1e-2 }),
    })
    expect(before).toBeGreaterThan(0.3)
    expect(predictionError(net, test.x, test.y)).toBeLessThan(0.02)
    expect(history).toMatchObject({ aborted: false, bestEpoch: null, checkpoint: null })
    expect(history.epochs[59].train.mse).toBe(history.epochs[59].train.loss)
    expect(history.execution.obstacle).toBe(null)
  })

  it('learns classes, from labels and from shares of one class to the same bits', async () => {
    const { x, y, shares } = thirds(120)
    const options: Options = {
      ...{ epochs: 40, batchSize: 20, objective: crossEntropy() },
      optimizer: adam({ learningRate: 2e-2 }),
    }
    const [byLabel, byShare] = [small(3), small(3)]
    const { epochs } = await fit(byLabel, { x, y }, options)
    await fit(byShare, { x, y: shares }, options)
    expect(epochs[39].train.accuracy).toBeGreaterThan(0.95)
    expect(epochs[39].train.crossEntropy).toBeLessThan(0.2 * epochs[0].train.crossEntropy)
    expect(bitsOf(byShare)).toEqual(bitsOf(byLabel))
  })

  it('gives every sample its own target, in whatever order they come', async () => {
    const seen: number[][] = []
    const looking: Objective<ObjectiveRun, Network> = {
      name: 'looking',
      start: (net) => ({
        parameters: [],
        loss({ x, y, indices }) {
          const [inputs, targets] = [x.dataSync(), y!.dataSync()]
          indices.forEach((row, i) => void seen.push([row, inputs[2 * i], targets[i]]))
          return { loss: mean(square(net.apply(x))), values: {} }
        },
        diagnostics: () => ({}),
      }),
    }
    const x = tensor(Array.from({ length: 7 }, (_, i) => [i, -i]))
    const y = tensor(Int32Array.from({ length: 7 }, (_, i) => 10 * i))
    await fit(small(), { x, y }, { epochs: 1, batchSize: 3, objective: looking })
    expect(seen.map(([row]) => row).sort()).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(seen.map(([row]) => row)).not.toEqual([0, 1, 2, 3, 4, 5, 6])
    for (const [row, input, target] of seen) expect([input, target]).toEqual([row, 10 * row])
  })

  it('minimises what an objective of one’s own makes of the samples alone', async () => {
    const net = small()
    const objective: Objective<ObjectiveRun, Network> = {
      name: 'nearOne',
      start: (net, x, _key, y) => ({
        parameters: [],
        loss: (batch) => ({
          loss: mean(square(add(net.apply(batch.x), -1))),
          values: {},
        }),
        diagnostics: (all, _key, targets) => ({
          rows: [x.shape[0], all.shape[0], Number(y === undefined), Number(targets === undefined)],
        }),
      }),
    }
    const { x } = surface(32)
    const options = { epochs: 40, batchSize: 8, optimizer: adam({ learningRate: 1e-2 }), objective }
    const { epochs, diagnostics } = await fit(net, x, options)
    expect(epochs[39].train.loss).toBeLessThan(0.02)
    expect(diagnostics.nearOne.rows).toEqual([32, 32, 1, 1])
  })

  it('takes { x }, { x, y } and sets of them with the data or among the options for the same', async () => {
    const [train, validation] = [surface(16), surface(8, 'other')]
    const options: Options = { epochs: 2, batchSize: 4 }
    const [with_, among] = [small(), small()]
    const first = await fit(with_, { train, validation }, options)
    const second = await fit(among, train, { ...options, validation })
    expect(second).toEqual(first)
    expect(bitsOf(among)).toEqual(bitsOf(with_))
    const size: Objective<ObjectiveRun, Network> = {
      name: 'size',
      start: (net) => ({
        parameters: [],
        loss: ({ x, ...rest }) => ({ loss: mean(square(net.apply(x))), values: expectNoTarget(rest) }),
        diagnostics: () => ({}),
      }),
    }
    const expectNoTarget = (rest: object) => {
      expect('y' in rest).toBe(false)
      return {}
    }
    const [alone, record] = [small(), small()]
    await fit(alone, { train: train.x, validation: validation.x }, { ...options, objective: size })
    await fit(
      record,
      { train: { x: train.x }, validation: { x: validation.x } },
      { ...options, objective: size },
    )
    expect(bitsOf(record)).toEqual(bitsOf(alone))
  })

  it('trains layers of any kind', async () => {
    const draw = () =>
      sequential({
        input: [1, 6, 6],
        layers: [
          conv({ channels: 4, padding: 1 }),
          maxPool({ size: 2 }),
          dense({ units: 2, activation: 'identity' }),
        ],
        key: key(0),
      })
    // Bright on the left, or on the right.
    const y = Int32Array.from({ length: 40 }, (_, i) => i % 2)
    const noise = key('noise').normalArray(40 * 36)
    const x = tensor(
      Float32Array.from(noise, (e, i) => e + (+(i % 6 < 3) === y[Math.floor(i / 36)] ? 1 : 0)),
      {
        shape: [40, 36],
      },
    )
    const options: Options = {
      ...{ epochs: 15, batchSize: 8, objective: crossEntropy() },
      optimizer: adam({ learningRate: 1e-2 }),
    }
    const [net, eager] = [draw(), draw()]
    const { epochs, execution, diagnostics } = await fit(net, { x, y: tensor(y) }, options)
    await fit(eager, { x, y: tensor(y) }, { ...options, replay: false })
    expect(epochs[14].train.accuracy).toBe(1)
    expect(execution.replayed).toBeGreaterThan(50)
    expect(bitsOf(net)).toEqual(bitsOf(eager))
    // 4 · 36 ReLUs and the windows' winners.
    expect(diagnostics.model.units).toBe(4 * 36 + 4 * 9)
    expect(diagnostics.model.liveUnits).toBeGreaterThan(100)
  })
})

describe('the validation of a network', () => {
  it('is the mean of what is minimised over the samples, whatever the chunks', async () => {
    const net = small(3)
    const validation = thirds(150, 'other')
    const { epochs } = await fit(
      net,
      { train: thirds(40), validation },
      { epochs: 3, batchSize: 8, restoreBest: false, objective: crossEntropy() },
    )
    const whole = crossEntropy().start(net, validation.x, key(0), validation.y)
    const batch = { x: validation.x, y: validation.y, indices: new Int32Array(150) }
    expect(epochs[2].validation).toBeCloseTo(
      whole.loss(batch, { key: key(0), step: 0, epoch: 0 }).loss.item(),
      6,
    )
  })

  it('is mean squared error by default, and the weights end as those of the best epoch', async () => {
    const [net, validation] = [small(), surface(70, 'other')]
    const perEpoch: unknown[] = []
    const history = await fit(
      net,
      { train: surface(16), validation },
      {
        ...{ epochs: 40, batchSize: 16, patience: 3 },
        optimizer: sgd({ learningRate: 0.5, momentum: 0.95 }),
        onEpoch: () => void perEpoch.push(bitsOf(net)),
      },
    )
    const { bestEpoch, epochs, endedBy } = history
    expect(endedBy).toBe('patience')
    expect(epochs.length).toBe(bestEpoch! + 4)
    expect(bitsOf(net)).toEqual(perEpoch[bestEpoch!])
    expect(predictionError(net, validation.x, validation.y)).toBeCloseTo(epochs[bestEpoch!].validation!, 6)
  })

  it('is that of the averaged weights where they are kept', async () => {
    const [net, validation] = [small(), surface(20, 'other')]
    const { epochs } = await fit(
      net,
      { train: surface(16), validation },
      { epochs: 5, batchSize: 4, ema: 0.9, restoreBest: false },
    )
    expect(predictionError(net, validation.x, validation.y)).toBeCloseTo(epochs[4].validation!, 6)
  })

  it('has the weights of objectives and the draws of its epoch: draws are the same after every epoch', async () => {
    const seen: [number, number][] = []
    const drawing = (isValidation: () => boolean): Objective<ObjectiveRun, Network> => ({
      name: 'drawing',
      start: (net) => ({
        parameters: [],
        loss({ x }, at) {
          if (isValidation()) seen.push([at.step, at.key.normal([1]).item()])
          return { loss: mean(square(net.apply(x))), values: {} }
        },
        diagnostics: () => ({}),
      }),
    })
    let isValidating = false
    const trainer = new Trainer(
      small(),
      { train: surface(8).x, validation: surface(70).x },
      { epochs: 2, batchSize: 4, replay: false, objective: drawing(() => isValidating) },
    )
    while (!trainer.complete) {
      trainer.step()
      isValidating = trainer.epochDone
      if (isValidating) trainer.finishEpoch()
      isValidating = false
    }
    trainer.release()
    // Two chunks an epoch, after the steps 1 and 3.
    expect(seen.map(([step]) => step)).toEqual([1, 1, 3, 3])
    const draws = seen.map(([, draw]) => draw)
    expect(draws.slice(2)).toEqual(draws.slice(0, 2))
    expect(draws[0]).not.toBe(draws[1])
  })
})

describe.each(['wasm', 'reference'])('a run on targets (%s)', (backend) => {
  beforeAll(() => init({ backend }))
  afterAll(() => init())

  const kinds = [
    ['numbers', 1, () => surface(22), meanSquaredError],
    ['labels', 3, () => thirds(22), crossEntropy],
  ] as const

  it.each(kinds)('gives the same bits with replay and without (%s)', async (_, outputs, data, objective) => {
    const run = async (more: Partial<Options>) => {
      const net = small(outputs)
      const { x, y } = data()
      const options: Options = { epochs: 5, batchSize: 4, objective: objective(), ...more }
      const history = await fit(net, { x, y }, options)
      return { bits: bitsOf(net), history }
    }
    for (const more of [{}, { accumulate: 3, clipGradient: { norm: 0.05 } }]) {
      const [replayed, eager] = [await run(more), await run({ ...more, replay: false })]
      expect(replayed.bits).toEqual(eager.bits)
      expect(trainedBy(replayed.history)).toEqual(trainedBy(eager.history))
      expect(replayed.history.execution.replayed > 20).toBe(backend === 'wasm')
    }
  })

  it.each(kinds)(
    'in several batches a step is that of one of all (%s)',
    async (_, outputs, data, objective) => {
      const run = async (more: Partial<Options>) => {
        const net = small(outputs)
        const { x, y } = data()
        await fit(net, { x, y }, { epochs: 4, batchSize: 12, objective: objective(), ...more })
        return bitsOf(net).flatMap((values) => [...values])
      }
      const [parts, whole] = [await run({ batchSize: 4, accumulate: 3 }), await run({})]
      parts.forEach((value, i) => void expect(value).toBeCloseTo(whole[i], 5))
    },
  )

  it('stopped anywhere goes on to the same bits', async () => {
    const data = () => {
      const [train, validation] = [thirds(11), thirds(5, 'other')]
      return { train: { x: train.x, y: train.y }, validation: { x: validation.x, y: validation.y } }
    }
    const options = (): Options => ({
      ...{ epochs: 4, batchSize: 4, seed: 7, ema: 0.9 },
      optimizer: adam({ learningRate: 0.05, schedule: warmup(4) }),
      objective: crossEntropy(),
    })
    const net = small(3)
    const straight = await fit(net, data(), options())
    for (const steps of [1, 3, 5, 9, 11]) {
      const stop = new AbortController()
      const onStep = ({ step }: { step: number }) => void (step + 1 === steps && stop.abort())
      const broken = await fit(small(3), data(), { ...options(), onStep, signal: stop.signal })
      expect(broken.aborted).toBe(true)
      const other = small(3, 99)
      const history = await fit(other, data(), { ...options(), resume: broken.checkpoint })
      expect(trainedBy(history)).toEqual(trainedBy(straight))
      expect(bitsOf(other)).toEqual(bitsOf(net))
    }
  })
})

describe('a checkpoint of a network', () => {
  const interrupted = async (data: Samples, objective: Objective<ObjectiveRun, Network>, outputs: number) => {
    const stop = new AbortController()
    const options = { epochs: 2, batchSize: 4, objective, signal: stop.signal, onStep: () => stop.abort() }
    return (await fit(small(outputs), data, options)).checkpoint!
  }

  it('is refused by other targets, of another form or other numbers, before any weight has changed', async () => {
    const { x, y, labels, shares } = thirds(8)
    const checkpoint = await interrupted({ x, y }, crossEntropy(), 3)
    const resume = (y: Tensor, net = small(3, 1)) =>
      fit(net, { x, y }, { epochs: 2, batchSize: 4, objective: crossEntropy(), resume: checkpoint })
    const net = small(3, 1)
    const before = bitsOf(net)
    await expect(resume(shares, net)).rejects.toThrow(
      'fit: resume: a checkpoint of another targets of the training data: expected float32 [8, 3]; found int32 [8]',
    )
    await expect(resume(tensor(labels.with(5, (labels[5] + 1) % 3)), net)).rejects.toThrow(
      /a checkpoint of another numbers in the targets of the training data: expected [0-9a-f]+; found [0-9a-f]+$/,
    )
    expect(bitsOf(net)).toEqual(before)
    await expect(resume(tensor(labels))).resolves.toMatchObject({ aborted: false })
  })

  it('is refused by another network or objective', async () => {
    const data = surface(8)
    const checkpoint = await interrupted(data, meanSquaredError(), 1)
    const other = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0) })
    const options = { epochs: 2, batchSize: 4, resume: checkpoint }
    await expect(fit(other, data, options)).rejects.toThrow(
      'fit: resume: a checkpoint of another architecture: expected float32, 2-8(relu)-1(identity); found float32, 2-16(relu)-1(identity)',
    )
    const doubled = [meanSquaredError(), meanSquaredError()]
    await expect(fit(small(), data, { ...options, objective: doubled })).rejects.toThrow(
      'another objective: expected meanSquaredError + meanSquaredError; found meanSquaredError',
    )
  })
})

describe('Trainer', () => {
  it('does step by step what fit does', async () => {
    const data = () => ({ train: surface(10), validation: surface(7, 'other') })
    const [wrapped, direct] = [small(), small()]
    const history = await fit(wrapped, data(), { epochs: 3, batchSize: 4 })
    const trainer = new Trainer(direct, data(), { epochs: 3, batchSize: 4 })
    while (!trainer.complete) {
      trainer.step()
      if (trainer.epochDone) trainer.finishEpoch()
    }
    expect(trainer.finish()).toEqual(history)
    expect(bitsOf(direct)).toEqual(bitsOf(wrapped))
    trainer.release()
  })
})

describe('sumOfObjectives', () => {
  it('of objectives of a network is one, with their targets', async () => {
    const [listed, summed] = [small(), small()]
    const options = { epochs: 2, batchSize: 4 }
    const parts = [meanSquaredError(), meanSquaredError()] as const
    await fit(listed, surface(8), { ...options, objective: parts })
    await fit(summed, surface(8), { ...options, objective: sumOfObjectives(parts) })
    expect(bitsOf(summed)).toEqual(bitsOf(listed))
    await expect(
      fit(small(), surface(8).x, { ...options, objective: sumOfObjectives(parts) }),
    ).rejects.toThrow('fit: training data: meanSquaredError: expected y float32 [n, 1]')
    const mixed = sumOfObjectives([meanSquaredError(), reconstruction()])
    // @ts-expect-error: no model is both.
    await expect(fit(small(), surface(8), { ...options, objective: mixed })).rejects.toThrow(
      "objective 'reconstruction': expected an Autoencoder, got a Network",
    )
  })
})

describe('liveUnits of a network', () => {
  it('are those that are not in one state on all samples', () => {
    const net = network({ sizes: [1, 3], activations: 'relu', key: key(0) })
    const [weight, bias] = net.parameters
    weight.value = tensor([[1], [1], [1]])
    bias.value = tensor([0, 10, -10])
    const x = tensor(Array.from({ length: 200 }, (_, i) => [i === 150 ? 1 : -1]))
    expect(liveUnits(net, x)).toBe(1)
    expect(liveUnits(net, rows(x, 0, 100))).toBe(0)
    expect(liveUnits(network({ sizes: [1, 1], activations: 'identity', key: key(0) }), x)).toBe(0)
  })

  it('are said in the history, beside the number of units', async () => {
    const { diagnostics } = await fit(small(), surface(64), { epochs: 1, batchSize: 16 })
    expect(Object.keys(diagnostics)).toEqual(['model', 'meanSquaredError'])
    expect(diagnostics.model.units).toBe(16)
    expect(diagnostics.model.liveUnits).toBeGreaterThan(8)
    expect(diagnostics.model).not.toHaveProperty('bottleneck')
  })
})
