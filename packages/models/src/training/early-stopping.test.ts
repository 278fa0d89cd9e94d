import { init, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { autoencoder, type FitOptions, fit, type History, sgd, Trainer, type TrainingData } from '../index.ts'
import { epochsWithoutImprovement } from './early-stopping.ts'

beforeAll(() => init())

describe('epochsWithoutImprovement', () => {
  const history = (errors: readonly number[]) =>
    errors.map((validation, epoch) => ({ epoch, train: {}, validation }))

  it.each([
    [[], 0, 0],
    [[3], 0, 0],
    [[3, 2, 1], 0, 0],
    [[3, 4, 5], 0, 2],
    [[3, 3], 0, 1], // a tie is no improvement
    [[3, 4, 2, 2.5], 0, 1],
    [[3, 2.95, 2.9], 0.2, 2], // too little, though each is the lowest
    [[3, 2.95, 2.9, 2.75], 0.2, 0], // counted from the last improvement, little by little is enough
    [[3, 2.75, 2.6], 0.2, 1],
  ])('of %j by more than %f is %i', (errors, minDelta, expected) => {
    expect(epochsWithoutImprovement(history(errors), minDelta)).toBe(expected)
  })

  it('without validation is the number of epochs', () => {
    expect(epochsWithoutImprovement([{ epoch: 0, train: {} }], 0)).toBe(1)
  })
})

/** Points on a line in R³. */
function line(count: number) {
  const points = Array.from({ length: count }, (_, i) => -1 + (2 * i) / (count - 1))
  return tensor(points.map((t) => [t, 0.5 * t + 0.2, -t]))
}

const small = () =>
  autoencoder({
    ...{ input: 3, bottleneck: 1, encoderHidden: [8], decoderHidden: [8] },
    bottleneckActivation: 'identity',
    seed: 0,
  })
const data = () => ({ train: line(16), validation: line(9) })

/** A rate that overshoots, so that errors go up and down. */
const options: FitOptions = {
  ...{ epochs: 40, batchSize: 16, patience: 3 },
  optimizer: sgd({ learningRate: 0.9, momentum: 0.95 }),
}
const bitsOf = (model: ReturnType<typeof small>) => model.parameters.map(({ value }) => value.dataSync())
const trainedBy = ({ execution: _, ...rest }: History) => rest

describe('fit with patience', () => {
  it('ends so many epochs after the best one, with its weights, and says so', async () => {
    const model = small()
    const perEpoch: ReturnType<typeof bitsOf>[] = []
    const checkpoints: number[] = []
    const history = await fit(model, data(), {
      ...options,
      onEpoch: () => void perEpoch.push(bitsOf(model)),
      onCheckpoint: (_, { epoch }) => void checkpoints.push(epoch),
      checkpointEvery: 1000,
    })
    const { epochs, bestEpoch } = history
    expect(epochs.length).toBeLessThan(40)
    expect(epochs.length).toBe(bestEpoch! + 1 + 3)
    expect(history).toMatchObject({ endedBy: 'patience', aborted: false, checkpoint: null })
    expect(bitsOf(model)).toEqual(perEpoch[bestEpoch!])
    // The last epoch gives a checkpoint, whatever ends the run.
    expect(checkpoints).toEqual([epochs.length - 1])
    // Until then it is the run without patience.
    const { patience: _, ...without } = options
    const longer = await fit(small(), data(), { ...without, epochs: epochs.length })
    expect(longer.epochs).toEqual(epochs)
    expect(longer.endedBy).toBe('epochs')
  })

  it('keeps the last weights if restoreBest is false', async () => {
    const model = small()
    let last: unknown
    const run = { ...options, restoreBest: false, onEpoch: () => void (last = bitsOf(model)) }
    expect((await fit(model, data(), run)).endedBy).toBe('patience')
    expect(bitsOf(model)).toEqual(last)
  })

  it('takes improvements of minDelta and less for none', async () => {
    const slow = { ...options, optimizer: sgd({ learningRate: 1e-3 }), patience: 2 }
    const patient = await fit(small(), data(), slow)
    expect(patient).toMatchObject({ endedBy: 'epochs', bestEpoch: 39 })
    const impatient = await fit(small(), data(), { ...slow, minDelta: 1 })
    expect(impatient.endedBy).toBe('patience')
    expect(impatient.epochs.length).toBe(3)
    // The best epoch is the one of lowest error, improvement or not.
    expect(impatient.bestEpoch).toBe(2)
  })

  it('goes on counting after a break, to the same bits', async () => {
    const model = small()
    const straight = await fit(model, data(), options)
    for (const from of [straight.bestEpoch!, straight.bestEpoch! + 2]) {
      const stop = new AbortController()
      const onStep = ({ step }: { step: number }) => void (step === from && stop.abort())
      const broken = await fit(small(), data(), { ...options, onStep, signal: stop.signal })
      expect(broken).toMatchObject({ endedBy: 'signal', aborted: true })
      const other = small()
      const history = await fit(other, data(), { ...options, resume: broken.checkpoint! })
      expect(trainedBy(history)).toEqual(trainedBy(straight))
      expect(bitsOf(other)).toEqual(bitsOf(model))
    }
  })

  it('goes on from its last checkpoint with more patience, and with as much ends at once', async () => {
    let resume: Uint8Array | null = null
    const run = { ...options, onCheckpoint: (bytes: Uint8Array) => void (resume = bytes) }
    const first = await fit(small(), data(), run)
    const same = small()
    const again = await fit(same, data(), { ...options, resume: resume! })
    expect(trainedBy(again)).toEqual(trainedBy(first))
    expect(again.execution).toMatchObject({ eager: 0, replayed: 0 })
    const more = await fit(small(), data(), { ...options, patience: 5, resume: resume! })
    expect(more.epochs.length).toBeGreaterThan(first.epochs.length)
    expect(trainedBy(more)).toEqual(trainedBy(await fit(small(), data(), { ...options, patience: 5 })))
  })

  it('looks at the averages where they are kept', async () => {
    const raw = await fit(small(), data(), options)
    const averaged = await fit(small(), data(), { ...options, ema: 0.9 })
    expect(averaged.endedBy).toBe('patience')
    expect(averaged.epochs.length).toBe(averaged.bestEpoch! + 4)
    expect(averaged.epochs[3].validation).not.toBe(raw.epochs[3].validation)
  })
})

describe('Trainer', () => {
  it('does no step when patience is used up', () => {
    const trainer = new Trainer(small(), data(), options)
    while (!trainer.complete) {
      trainer.step()
      trainer.finishEpoch()
    }
    expect(() => trainer.step()).toThrow('Trainer.step: expected patience to be left, got none')
    expect(trainer.finish().endedBy).toBe('patience')
    trainer.release()
  })
})

describe('fit refuses', () => {
  const refused = (more: Partial<FitOptions>, given: TrainingData = data()) =>
    expect(fit(small(), given, { ...options, ...more })).rejects

  it('patience without validation or of no epochs, and a minDelta without patience', async () => {
    await refused({ restoreBest: false }, line(16)).toThrow(
      'fit: patience expected a validation set, got none',
    )
    await refused({ patience: 0 }).toThrow('fit: patience: expected an integer of at least 1, got 0')
    await refused({ patience: undefined, minDelta: 0.1 }).toThrow(
      'fit: minDelta expected a patience, got none',
    )
    await refused({ minDelta: -1 }).toThrow('fit: minDelta: expected')
  })
})
