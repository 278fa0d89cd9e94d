import { grad } from '@facet/autograd'
import {
  Autoencoder,
  adam,
  autoencoder,
  Dense,
  fit,
  Network,
  type Objective,
  reconstruction,
  Trainer,
  type TrainerOptions,
} from '@facet/models'
import { eye, identityActivation, init, key, slice, type Tensor } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  drawEpsilon,
  type GeneratorBank,
  lieGroupOrbit,
  lieGroupTangent,
  mixup,
  nearestNeighbours,
  neighbourDifference,
  orbitScale,
  permutedBank,
} from './index.ts'
import { float64 } from './testing/golden.ts'
import { numbersOf, smallData, smallModel, startedOn, termOf, termOfRun } from './testing/small-model.ts'
import { turningBank } from './testing/turning-bank.ts'

beforeAll(() => init())

// Of all tests and both backends: constants of a bank are kept for each backend that asks.
const bank = turningBank()

const makers: Readonly<Record<string, (options?: { weight?: number }) => Objective>> = {
  lieGroupOrbit: (options) => lieGroupOrbit({ bank, ...options }),
  lieGroupTangent: (options) => lieGroupTangent({ bank, ...options }),
  neighbourDifference,
  mixup,
}
const stepSeed = 5
const samples = (count = 8) => key('orbit data').normal([count, 3], 'float64')
const numbers = (t: Tensor) => t.toArray() as number[][]

/** Mean squared error of reconstructing rows, one number after another. */
function errorOf(model: Autoencoder, points: readonly number[][]): number {
  let total = 0
  for (const point of points) {
    const [back] = numbers(model.reconstruct(float64([point])))
    for (const [i, value] of point.entries()) total += (back[i] - value) ** 2
  }
  return total / (points.length * points[0].length)
}

/** E and D that give x back: the encoder x, the decoder x, both linear, a bottleneck as wide as the data. */
function identityModel(): Autoencoder {
  const layer = (name: string) =>
    new Network([new Dense({ name, weight: eye(3, 'float64'), bias: null, activation: identityActivation })])
  return new Autoencoder(layer('encoder'), layer('decoder'))
}

describe.each(['reference', 'wasm'])('on the backend %s, as loops compute it', (backend) => {
  beforeAll(() => init({ backend }))
  afterAll(() => init())

  it('lieGroupOrbit is the error at x turned and scaled by the drawn ε', () => {
    const [x, model] = [samples(), smallModel()]
    const { orbitMse } = numbersOf(termOf(lieGroupOrbit({ bank, scale: 0.7 }), model, x, stepSeed))
    const epsilon = drawEpsilon(bank, orbitScale(bank, x), 0.7, 8, key(stepSeed).child('epsilon'))
    const turned = numbers(x).map(([u, v, w], n) => {
      const [angle, stretch] = numbers(epsilon)[n]
      const [c, s] = [Math.cos(angle), Math.sin(angle)]
      return [c * u - s * v, s * u + c * v, w * Math.exp(stretch)]
    })
    expect(orbitMse).toBeCloseTo(errorOf(model, turned), 12)
  })

  it('lieGroupTangent is the mean of (A u − u)² with A the local map and u the drawn sum of tangents', () => {
    const [x, model] = [samples(), smallModel()]
    const { lieGroupTangent: value } = numbersOf(termOf(lieGroupTangent({ bank }), model, x, stepSeed))
    const epsilon = numbers(drawEpsilon(bank, orbitScale(bank, x), 1, 8, key(stepSeed).child('epsilon')))
    const maps = model.localAffine(x).A.toArray() as number[][][]
    let total = 0
    numbers(x).forEach(([u, v, w], n) => {
      const [turn, stretch] = epsilon[n]
      const direction = [-turn * v, turn * u, stretch * w]
      for (let i = 0; i < 3; i++) {
        const image = direction.reduce((sum, along, j) => sum + maps[n][i][j] * along, 0)
        total += (image - direction[i]) ** 2
      }
    })
    expect(value).toBeCloseTo(total / 24, 12)
  })

  it('neighbourDifference is the error at x plus a multiple of the difference of a drawn pair of neighbours', () => {
    const [x, model] = [samples(), smallModel()]
    const objective = neighbourDifference({ scale: 0.7, neighbours: 2 })
    const { differenceMse } = numbersOf(termOf(objective, model, x, stepSeed))
    const neighbours = nearestNeighbours(x, 2)
    const drawn = key(stepSeed).child('pair').uniformArray(8)
    const amount = key(stepSeed).child('amount').normalArray(8)
    const rows = numbers(x)
    const moved = rows.map((row, n) => {
      const pair = Math.floor(drawn[n] * 16)
      const [from, to] = [rows[Math.floor(pair / 2)], rows[neighbours[pair]]]
      return row.map((value, a) => value + 0.7 * amount[n] * (to[a] - from[a]))
    })
    expect(differenceMse).toBeCloseTo(errorOf(model, moved), 12)
  })

  it('mixup is the error between x and a drawn training sample', () => {
    const [x, model] = [samples(), smallModel()]
    const { mixupMse } = numbersOf(termOf(mixup({ extent: 0.5 }), model, x, stepSeed))
    const other = key(stepSeed).child('other').uniformArray(8)
    const share = key(stepSeed).child('share').uniformArray(8)
    const rows = numbers(x)
    const mixed = rows.map((row, n) =>
      row.map((value, a) => value + 0.5 * share[n] * (rows[Math.floor(other[n] * 8)][a] - value)),
    )
    expect(mixupMse).toBeCloseTo(errorOf(model, mixed), 12)
  })
})

describe.each(Object.keys(makers))('%s', (name) => {
  const make = makers[name]

  it('is exactly 0 where the autoencoder gives everything back', () => {
    const { loss, values } = termOf(make({ weight: 2 }), identityModel())
    expect(loss.item()).toBe(0)
    expect(Object.values(numbersOf({ loss, values }))).toEqual([0])
  })

  it('is its value times the weight', () => {
    const { loss, values } = termOf(make({ weight: 2 }), smallModel())
    const [value] = Object.values(numbersOf({ loss, values }))
    expect(value).toBeGreaterThan(0)
    expect(loss.item()).toBe(2 * value)
  })

  it('draws anew in every step', () => {
    const value = (seed: number) => termOf(make(), smallModel(), smallData(), seed).loss.item()
    expect(new Set([0, 1, 2].map(value)).size).toBe(3)
  })

  it('with weight 0 trains as the plain autoencoder does, bit for bit', () => {
    expect(train([reconstruction(), make({ weight: 0 })]).weights).toEqual(train([reconstruction()]).weights)
  })

  it('is replayed to the same bits as step by step, smaller last batches too', () => {
    const replayed = train([reconstruction(), make()])
    const eager = train([reconstruction(), make()], { replay: false })
    expect(replayed.execution).toEqual({ eager: 4, replayed: 14, obstacle: null })
    expect(replayed.losses).toEqual(eager.losses)
    expect(replayed.weights).toEqual(eager.weights)
    expect(new Set(replayed.losses).size).toBe(18)
  })

  it('goes on from a checkpoint to the same bits, and not with another weight', () => {
    const whole = train([reconstruction(), make()])
    const trainer = trainerOf([reconstruction(), make()])
    while (trainer.stepsDone < 7) {
      trainer.step()
      if (trainer.epochDone) trainer.finishEpoch()
    }
    const resume = trainer.checkpoint()
    trainer.release()
    expect(train([reconstruction(), make()], { resume }).losses).toEqual(whole.losses.slice(7))
    expect(() => train([reconstruction(), make({ weight: 9 })], { resume })).toThrow(/another objective/)
  })

  it('falls in 50 steps of training', async () => {
    const data = key('turned').normal([16, 3], 'float64')
    const { epochs } = await fit(smallModel({ bottleneck: 3 }), data, {
      epochs: 50,
      batchSize: 16,
      optimizer: adam({ learningRate: 1e-2 }),
      objective: [reconstruction(), make({ weight: 1 })],
    })
    const [value] = Object.keys(epochs[0].train).filter(
      (reported) => reported !== 'mse' && reported !== 'loss',
    )
    const over = (from: number) =>
      epochs.slice(from, from + 5).reduce((sum, { train }) => sum + train[value], 0)
    expect(over(45)).toBeLessThan(0.7 * over(0))
  })

  it('holds the samples that it makes: they are data', () => {
    const x = samples()
    const run = startedOn(make(), smallModel(), x)
    const slope = grad((batch: Tensor) => termOfRun(run, batch).loss)(x)
    expect(slope.dataSync().every((value) => value === 0)).toBe(true)
  })

  it('refuses a weight out of range', () => {
    expect(() => make({ weight: -1 })).toThrow(
      `${name}: weight: expected a finite number of at least 0, got -1`,
    )
  })
})

describe.each([
  ['lieGroupOrbit', lieGroupOrbit],
  ['lieGroupTangent', lieGroupTangent],
] as const)('%s and its bank', (name, make) => {
  it('has the scale of the training data, once it is started', () => {
    const objective = startedOn(make({ bank, neighbours: 2 }), smallModel(), samples())
    const expected = orbitScale(bank, samples(), { neighbours: 2 })
    expect(objective.scale.covariance.toArray()).toEqual(expected.covariance.toArray())
    expect(objective.diagnostics(samples(), key(0))).toEqual({
      explainedFraction: expected.explainedFraction,
      epsilonDeviation: numbers(expected.covariance).map((row, b) => Math.sqrt(row[b])),
    })
  })

  it('is the same whatever the common unit of the prior scales', () => {
    const value = (factor: number) => {
      const own = turningBank({ priorScale: bank.priorScale.map((scale) => scale * factor) })
      return termOf(make({ bank: own }), smallModel(), samples()).loss.item()
    }
    expect(value(4)).toBeCloseTo(value(1), 10)
  })

  it('differs from the same with a permuted bank', () => {
    const value = (of: GeneratorBank) => termOf(make({ bank: of }), smallModel(), samples()).loss.item()
    const permuted = permutedBank(bank, { seed: 2 })
    expect(value(permuted)).not.toBeCloseTo(value(bank), 3)
  })

  it('refuses a bank of another dimension, and what is no bank', () => {
    const wider = make({ bank: turningBank({ name: 'wide', dimension: 128 }) })
    expect(() => termOf(wider, smallModel())).toThrow(
      `${name}: bank: expected one of the model's dimension d = 3, got 'wide' of d = 128`,
    )
    expect(() => make({} as { bank: GeneratorBank })).toThrow(`${name}: bank: expected`)
    expect(() => make({ bank: [] as never })).toThrow(`${name}: bank: expected`)
    expect(() => make({ bank, neighbours: 0 })).toThrow(
      `${name}: neighbours: expected an integer of at least 1, got 0`,
    )
  })

  it.each([
    ['size', { size: 0 }, 'an integer of at least 1, got 0'],
    ['dimension', { dimension: undefined }, 'an integer of at least 1, got undefined'],
    ['settings', { settings: undefined }, 'an object, got undefined'],
    ['priorScale', { priorScale: [1] }, '2 numbers above 0, got [1]'],
    ['priorScale', { priorScale: [1, 0] }, '2 numbers above 0, got [1, 0]'],
  ])('refuses a bank of one’s own with a wrong %s: %j', (member, wrong, expected) => {
    expect(() => make({ bank: { ...bank, ...wrong } as GeneratorBank })).toThrow(
      `${name}: bank.${member}: expected ${expected}`,
    )
  })

  it.each([
    ['bank', { bank: turningBank({ name: 'other' }) }],
    ["bank's settings", { bank: turningBank({ settings: { axis: 1 } }) }],
    ['number of neighbours', { bank: turningBank(), neighbours: 2 }],
  ])('refuses to go on with another %s', (_what, other) => {
    const trainer = trainerOf([reconstruction(), make({ bank })])
    const resume = trainer.checkpoint()
    trainer.release()
    expect(() => trainerOf([reconstruction(), make(other)], { resume })).toThrow(/another objective/)
  })
})

it('an s of 0 leaves the samples where they are', () => {
  const model = smallModel()
  const { orbitMse } = numbersOf(termOf(lieGroupOrbit({ bank, scale: 0 }), model))
  expect(orbitMse).toBe(termOf(reconstruction(), model).loss.item())
})

it('lieGroupTangent is 0 where the autoencoder keeps the directions, whatever it does to the others', () => {
  // Keeps the first two coordinates, which turning stays in, and loses the third.
  const keeping = (name: string, weight: number[][]) =>
    new Network([new Dense({ name, weight: float64(weight), bias: null, activation: identityActivation })])
  const model = new Autoencoder(
    keeping('encoder', [
      [1, 0, 0],
      [0, 1, 0],
    ]),
    keeping('decoder', [
      [1, 0],
      [0, 1],
      [0, 0],
    ]),
  )
  const flat = float64(numbers(samples()).map(([u, v]) => [u, v, 0]))
  expect(termOf(lieGroupTangent({ bank }), model, flat).loss.item()).toBe(0)
  expect(termOf(lieGroupTangent({ bank }), model, samples()).loss.item()).toBeGreaterThan(0)
})

it('uses the stated defaults', () => {
  const ofBank = { neighbours: 3, bank: 'turning', 'bank.axis': 2 }
  expect(lieGroupOrbit({ bank }).settings).toEqual({ weight: 3, scale: 1.5, ...ofBank })
  expect(lieGroupTangent({ bank }).settings).toEqual({ weight: 3, ...ofBank })
  expect(neighbourDifference().settings).toEqual({ weight: 3, scale: 1.5, neighbours: 3 })
  expect(mixup().settings).toEqual({ weight: 3, extent: 1 })
})

const trainedModel = () => autoencoder({ input: 3, bottleneck: 2, encoderHidden: [5], decoderHidden: [5] })

/** Six epochs of batches of 4, 4 and 2. */
function trainerOf(
  objective: readonly Objective[],
  options: Partial<TrainerOptions> = {},
  model = trainedModel(),
): Trainer {
  return new Trainer(model, key('trained').normal([10, 3]), {
    epochs: 6,
    batchSize: 4,
    optimizer: adam({ learningRate: 0.05 }),
    objective,
    ...options,
  })
}

/** Trains to the end: losses of all steps and the final weights. */
function train(objective: readonly Objective[], options: Partial<TrainerOptions> = {}) {
  const model = trainedModel()
  const trainer = trainerOf(objective, options, model)
  const losses: number[] = []
  while (!trainer.complete) {
    losses.push(trainer.step().values.loss)
    if (trainer.epochDone) trainer.finishEpoch()
  }
  const { execution } = trainer.finish()
  trainer.release()
  return { losses, execution, weights: model.parameters.map(({ value }) => value.dataSync()) }
}

it('lieGroupOrbit refuses an action that does not make a sample of each sample', () => {
  const objective = lieGroupOrbit({ bank: turningBank({ act: (x) => slice(x, [0, 0], [1, 3]) }) })
  expect(() => termOf(objective, smallModel(), samples())).toThrow(
    'turning: act: expected float64 [8, 3], got Tensor([1, 3] float64)',
  )
})
