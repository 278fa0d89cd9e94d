import { init, key, mean, mul, square } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  adam,
  autoencoder,
  cosineDecay,
  fit,
  reconstruction,
  Trainer,
  type TrainerOptions,
} from '../index.ts'
import { objectiveOf } from '../testing/objective-of.ts'
import { learnedMatrix, tiedModel, trainToEnd } from './testing/tied-training.ts'

beforeAll(() => init())

const data = (rows = 22) => key('data').normal([rows, 3], 'float64')

const run = (options: Partial<TrainerOptions>, rows = 22) =>
  trainToEnd(tiedModel('float64'), data(rows), {
    ...{ epochs: 3, batchSize: 12, objective: [reconstruction(), learnedMatrix()] },
    optimizer: adam({ learningRate: 0.05, schedule: cosineDecay() }),
    ...options,
  })

const expectClose = (got: ReturnType<typeof run>, want: ReturnType<typeof run>) => {
  expect(got.weights.length).toBe(want.weights.length)
  got.weights.forEach((step, s) => {
    step.forEach((values, i) => {
      values.forEach((x, at) => void expect(x).toBeCloseTo(want.weights[s][i][at], 9))
    })
  })
  got.reports.forEach(({ values, ...place }, s) => {
    const { values: wanted, ...wantedPlace } = want.reports[s]
    expect(place).toEqual(wantedPlace)
    expect(Object.keys(values)).toEqual(Object.keys(wanted))
    for (const name in values) expect(values[name]).toBeCloseTo(wanted[name], 10)
  })
  got.history.epochs.forEach(({ train }, e) => {
    expect(train.loss).toBeCloseTo(want.history.epochs[e].train.loss, 10)
  })
}

describe.each(['wasm', 'reference'])('steps of several batches (%s)', (backend) => {
  beforeAll(() => init({ backend }))
  afterAll(() => init())

  it.each([
    // 22 samples in batches of 4: 12 a step, then the 10 that are left, in 4, 4 and 2.
    [{ batchSize: 4, accumulate: 3 }, { batchSize: 12 }],
    // 22 in batches of 5: 10, 10 and the one of 2 that is left.
    [{ batchSize: 5, accumulate: 2 }, { batchSize: 10 }],
    // One step an epoch, however many batches it may have.
    [{ batchSize: 4, accumulate: 100 }, { batchSize: 22 }],
    [
      { batchSize: 4, accumulate: 3, dropLast: true },
      { batchSize: 12, dropLast: true },
    ],
    [
      { batchSize: 4, accumulate: 3, clipGradient: { norm: 0.05 } },
      { batchSize: 12, clipGradient: { norm: 0.05 } },
    ],
    [
      { batchSize: 4, accumulate: 3, clipGradient: { value: 0.01 } },
      { batchSize: 12, clipGradient: { value: 0.01 } },
    ],
    [
      { batchSize: 4, accumulate: 3, ema: 0.8, readEvery: 2 },
      { batchSize: 12, ema: 0.8, readEvery: 2 },
    ],
  ])('are those of one batch of all their samples: %o', (parts, whole) => {
    expectClose(run(parts), run(whole))
  })

  it('give the same bits with replay and without', () => {
    const options = { batchSize: 4, accumulate: 3, epochs: 5, clipGradient: { norm: 0.05 } }
    const [replayed, eager] = [run(options), run({ ...options, replay: false })]
    expect(replayed.weights).toEqual(eager.weights)
    expect(replayed.reports).toEqual(eager.reports)
    const { execution } = replayed.history
    // 6 batches an epoch.
    expect(execution.eager + execution.replayed).toBe(30)
    expect(execution.replayed > 20).toBe(backend === 'wasm')
  })
})

describe('an epoch', () => {
  it('counts steps, also for schedules, and ends with the batches that are left', () => {
    const seen: number[] = []
    const schedule = (step: number, totalSteps: number) => {
      if (totalSteps === 4) seen.push(step)
      return 1
    }
    const { stepsPerEpoch, reports, history } = run({
      ...{ batchSize: 4, accumulate: 3, epochs: 2 },
      optimizer: adam({ schedule }),
    })
    expect(stepsPerEpoch).toBe(2)
    expect(reports.map(({ epoch, batch, step }) => [epoch, batch, step])).toEqual([
      [0, 0, 0],
      [0, 1, 1],
      [1, 0, 2],
      [1, 1, 3],
    ])
    expect(seen.filter((step, i) => step !== seen[i - 1])).toEqual([0, 1, 2, 3])
    expect(history.epochs.length).toBe(2)
  })

  it('says its progress in steps', async () => {
    const told: number[][] = []
    await fit(tiedModel('float64'), data(), {
      ...{ epochs: 2, batchSize: 4, accumulate: 3 },
      onStep: (_, { stepsDone, stepsPerEpoch, totalSteps }) =>
        void told.push([stepsDone, stepsPerEpoch, totalSteps]),
    })
    expect(told).toEqual([1, 2, 3, 4].map((step) => [step, 2, 4]))
  })
})

it('every batch of a step draws numbers of its own, the same ones when replayed', () => {
  const trained = (replay: boolean) => {
    const drawn: number[][] = []
    const objective = objectiveOf((model, { x }, { key }) => {
      const noise = key.normal([2, 3])
      if (!replay) drawn.push([...noise.dataSync()])
      return mean(square(mul(model.reconstruct(x), noise)))
    })
    const model = autoencoder({ input: 3, bottleneck: 2, encoderHidden: [4], decoderHidden: [4], seed: 1 })
    const options = { epochs: 2, batchSize: 2, accumulate: 2, objective, replay }
    return { drawn, ...trainToEnd(model, key('data').normal([8, 3]), options) }
  }
  const eager = trained(false)
  expect(new Set(eager.drawn.map(String)).size).toBe(8)
  const replayed = trained(true)
  expect(replayed.weights).toEqual(eager.weights)
  expect(replayed.history.execution.replayed).toBeGreaterThan(0)
})

describe('fit refuses', () => {
  const refused = (options: Partial<TrainerOptions>) => () =>
    new Trainer(tiedModel('float64'), data(6), { epochs: 1, batchSize: 4, ...options })

  it('counts of batches that are none, and steps that would all be left out', () => {
    expect(refused({ accumulate: 0 })).toThrow('fit: accumulate: expected an integer of at least 1, got 0')
    expect(refused({ accumulate: 1.5 })).toThrow(
      'fit: accumulate: expected an integer of at least 1, got 1.5',
    )
    expect(refused({ accumulate: 2, dropLast: true })).toThrow(
      'fit: dropLast: expected batchSize · accumulate of at most the 6 training samples, got 4 · 2',
    )
  })
})
