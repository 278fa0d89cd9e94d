import { init, key, tensor } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  adam,
  fit,
  reconstruction,
  reconstructionError,
  Trainer,
  type TrainerOptions,
  withValues,
} from '../index.ts'
import { learnedMatrix, tiedModel, trainToEnd } from './testing/tied-training.ts'

beforeAll(() => init())

const data = () => ({
  train: key('data').normal([11, 3], 'float64'),
  validation: key('other').normal([70, 3], 'float64'), // two pieces of 64 rows
})

const options: TrainerOptions = {
  ...{ epochs: 4, batchSize: 4, ema: 0.7 },
  optimizer: adam({ learningRate: 0.05 }),
  objective: [reconstruction(), learnedMatrix()],
}

/** Weights after each step of a run, averaged with weights 0.7⁰, 0.7¹, … from the last to the first. */
function plainAverage(weights: readonly (readonly ArrayLike<number>[])[], decay = 0.7): number[][] {
  const shares = weights.map((_, i) => decay ** (weights.length - 1 - i))
  const total = shares.reduce((a, b) => a + b, 0)
  return weights[0].map((values, p) =>
    Array.from(values, (_, at) =>
      weights.reduce((sum, step, i) => sum + (shares[i] / total) * step[p][at], 0),
    ),
  )
}

const expectClose = (got: readonly ArrayLike<number>[], want: readonly ArrayLike<number>[]) => {
  got.forEach((values, i) => {
    Array.from(values).forEach((x, at) => void expect(x).toBeCloseTo(want[i][at], 12))
  })
}

describe.each(['wasm', 'reference'])('averages of weights (%s)', (backend) => {
  beforeAll(() => init({ backend }))
  afterAll(() => init())

  it('are the weighted means of the weights after each step, learned matrices included, and what training ends with', () => {
    const { train } = data()
    const { weights, final } = trainToEnd(tiedModel('float64'), train, options)
    expect(weights.length).toBe(12)
    expectClose(final, plainAverage(weights))
    // Weights on the way are those of a run without.
    const { ema: _, ...without } = options
    expect(trainToEnd(tiedModel('float64'), train, without).weights).toEqual(weights)
  })

  it('are what is validated, and the best of them are restored', () => {
    const { weights, final, history } = trainToEnd(tiedModel('float64'), data(), options)
    const model = tiedModel('float64')
    history.epochs.forEach(({ validation }, epoch) => {
      const averages = plainAverage(weights.slice(0, 3 * (epoch + 1)))
      const values = model.parameters.map(({ value }, i) =>
        tensor(averages[i], { shape: value.shape, dtype: 'float64' }),
      )
      const error = withValues(model.parameters, values, () => reconstructionError(model, data().validation))
      expect(validation).toBeCloseTo(error, 12)
    })
    const best = history.bestEpoch!
    expectClose(final, plainAverage(weights.slice(0, 3 * (best + 1))))
  })

  it('give the same bits with replay and without', () => {
    const run = (replay: boolean) =>
      trainToEnd(tiedModel('float64'), data(), { ...options, epochs: 6, clipGradient: { norm: 0.1 }, replay })
    const [replayed, eager] = [run(true), run(false)]
    expect(replayed.final).toEqual(eager.final)
    expect(replayed.history.epochs).toEqual(eager.history.epochs)
    expect(replayed.history.execution.replayed > 0).toBe(backend === 'wasm')
  })
})

it('a model holds its own weights between two pieces of validation, and tied ones stay one tensor', () => {
  const model = tiedModel('float64')
  const trainer = new Trainer(model, data(), options)
  while (!trainer.epochDone) trainer.step()
  const own = model.parameters.map(({ value }) => value)
  const pieces = trainer.validate()
  let count = 0
  let next = pieces.next()
  for (; !next.done; next = pieces.next(), count++)
    expect(model.parameters.map(({ value }) => value)).toEqual(own)
  expect(count).toBe(2)
  trainer.finishEpoch(next.value as number)
  while (!trainer.complete) {
    if (trainer.epochDone) trainer.finishEpoch()
    else trainer.step()
  }
  const { epochs, bestEpoch } = trainer.finish()
  expect(reconstructionError(model, data().validation)).toBeCloseTo(epochs[bestEpoch!].validation!, 12)
  expect(model.parameters[4].value).toBe(model.parameters[0].value)
  trainer.release()
})

it('an aborted run has the weights after its last step, and its averages in the checkpoint', async () => {
  const straight = trainToEnd(tiedModel('float64'), data(), { ...options, restoreBest: false })
  const stop = new AbortController()
  const model = tiedModel('float64')
  const onStep = ({ step }: { step: number }) => void (step === 6 && stop.abort())
  const run = { ...options, restoreBest: false }
  const { checkpoint } = await fit(model, data(), { ...run, onStep, signal: stop.signal })
  expect(model.parameters.map(({ value }) => value.dataSync())).toEqual(straight.weights[6].slice(0, 8))
  const other = tiedModel('float64')
  await fit(other, data(), { ...run, resume: checkpoint! })
  expect(other.parameters.map(({ value }) => value.dataSync())).toEqual(straight.final.slice(0, 8))
})

it('a decay of 0 follows the weights themselves', () => {
  const { final, weights } = trainToEnd(tiedModel('float64'), data().train, { ...options, ema: 0 })
  expect(final).toEqual(weights.at(-1))
})

it('fit refuses a decay that is none', () => {
  const refused = (ema: unknown) => () =>
    new Trainer(tiedModel('float64'), data(), { ...options, ema: ema as number })
  expect(refused(1)).toThrow('fit: ema: expected')
  expect(refused(-0.1)).toThrow('fit: ema: expected')
  expect(refused('0.9')).toThrow('fit: ema: expected')
})
