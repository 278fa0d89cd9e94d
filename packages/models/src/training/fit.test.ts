import { init, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import {
  adam,
  autoencoder,
  type FitOptions,
  fit,
  liveUnits,
  reconstructionError,
  sgd,
  Trainer,
} from '../index.ts'
import { denseLayers } from '../testing/dense-layers.ts'

beforeAll(() => init())

/** Points on a line in R³. */
function line(count: number, from = -1, to = 1) {
  const points = Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1))
  return tensor(points.map((t) => [t, 0.5 * t + 0.2, -t]))
}

const small = (seed = 0) =>
  autoencoder({
    input: 3,
    bottleneck: 1,
    encoderHidden: [8],
    decoderHidden: [8],
    bottleneckActivation: 'identity',
    seed,
  })

const valuesOf = (model: ReturnType<typeof small>) => model.parameters.map(({ value }) => value.dataSync())

describe('fit', () => {
  it('brings a small autoencoder onto a line in R³', async () => {
    const model = small()
    const data = line(32)
    const before = reconstructionError(model, data)
    const history = await fit(model, data, {
      epochs: 60,
      batchSize: 8,
      optimizer: adam({ learningRate: 1e-2 }),
    })
    expect(history.epochs.length).toBe(60)
    expect(reconstructionError(model, data)).toBeLessThan(1e-3)
    expect(before).toBeGreaterThan(0.1)
    expect(history).toMatchObject({ aborted: false, bestEpoch: null, checkpoint: null })
    expect(history.diagnostics.model).toEqual({ bottleneck: 1, liveUnits: 1 })
  })

  it('gives the same numbers for the same seed and others for another', async () => {
    const run = async (seed: number) => {
      const model = small()
      const { epochs } = await fit(model, line(10), { epochs: 3, batchSize: 4, seed })
      return { epochs, values: valuesOf(model) }
    }
    const first = await run(1)
    expect(await run(1)).toEqual(first)
    expect((await run(2)).values).not.toEqual(first.values)
  })

  it('does the same as the synchronous trainer it wraps', async () => {
    const [wrapped, direct] = [small(), small()]
    const data = { train: line(10), validation: line(7) }
    const options = { epochs: 3, batchSize: 4 }
    const history = await fit(wrapped, data, options)
    const trainer = new Trainer(direct, data, options)
    while (!trainer.complete) {
      trainer.step()
      if (trainer.epochDone) trainer.finishEpoch()
    }
    expect(trainer.finish()).toEqual(history)
    expect(valuesOf(direct)).toEqual(valuesOf(wrapped))
    trainer.release()
  })

  it('averages what a step reports over the samples of an epoch', async () => {
    const steps: { loss: number; samples: number }[] = []
    const { epochs } = await fit(small(), line(10), {
      epochs: 1,
      batchSize: 4,
      onStep: ({ batch, values }) => void steps.push({ loss: values.loss, samples: batch < 2 ? 4 : 2 }),
    })
    expect(steps.length).toBe(3)
    const mean = steps.reduce((sum, { loss, samples }) => sum + loss * samples, 0) / 10
    expect(epochs[0].train.loss).toBeCloseTo(mean, 12)
    expect(epochs[0].train.mse).toBeCloseTo(mean, 6)
  })

  it('leaves the smaller last batch out with dropLast', async () => {
    let steps = 0
    await fit(small(), line(10), { epochs: 2, batchSize: 4, dropLast: true, onStep: () => void steps++ })
    expect(steps).toBe(4)
  })

  describe('with a validation set', () => {
    // A learning rate that overshoots: the last epoch is not the best one.
    const options: FitOptions = {
      epochs: 12,
      batchSize: 16,
      optimizer: sgd({ learningRate: 0.9, momentum: 0.95 }),
    }

    it('ends with the weights of the best epoch', async () => {
      const model = small()
      const validation = line(9)
      const perEpoch: Float32Array[][] = []
      const history = await fit(
        model,
        { train: line(16), validation },
        { ...options, onEpoch: () => void perEpoch.push(valuesOf(model) as Float32Array[]) },
      )
      const errors = history.epochs.map((record) => record.validation!)
      const best = errors.indexOf(Math.min(...errors))
      expect(best).toBeLessThan(11)
      expect(history.bestEpoch).toBe(best)
      expect(valuesOf(model)).toEqual(perEpoch[best])
      expect(reconstructionError(model, validation)).toBe(errors[best])
    })

    it('keeps the last weights if restoreBest is false', async () => {
      const model = small()
      let last: unknown
      const history = await fit(model, line(16), {
        ...options,
        validation: line(9),
        restoreBest: false,
        onEpoch: () => void (last = valuesOf(model)),
      })
      expect(history.bestEpoch).not.toBe(11)
      expect(valuesOf(model)).toEqual(last)
    })
  })

  it('waits for asynchronous callbacks, and tells the progress', async () => {
    const seen: string[] = []
    const later = (what: string) =>
      new Promise<void>((resolve) => setImmediate(() => resolve(void seen.push(what))))
    await fit(small(), line(4), {
      epochs: 2,
      batchSize: 2,
      onStep: ({ epoch, batch, step }, { stepsDone, totalSteps, remaining }) => {
        expect([stepsDone, totalSteps]).toEqual([step + 1, 4])
        expect(remaining === 0).toBe(stepsDone === 4)
        return later(`step ${epoch}.${batch}`)
      },
      onEpoch: ({ epoch }, { elapsed }) => later(elapsed > 0 ? `epoch ${epoch}` : 'no time has passed'),
      onCheckpoint: (_, { epoch }) => later(`checkpoint ${epoch}`),
      checkpointEvery: 3,
    })
    expect(seen).toEqual([
      'step 0.0',
      'step 0.1',
      'epoch 0',
      'step 1.0',
      'step 1.1',
      'epoch 1',
      'checkpoint 1',
    ])
  })

  it('lets events in while it trains', async () => {
    let now = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 6))
    let turns = 0
    let isTraining = true
    const count = () => {
      turns++
      if (isTraining) setImmediate(count)
    }
    setImmediate(count)
    try {
      await fit(small(), { train: line(40), validation: line(200) }, { epochs: 2, batchSize: 8 })
    } finally {
      isTraining = false
      clock.mockRestore()
    }
    // 2 epochs of 5 steps and 4 chunks of validation, each of 6 ms by this clock: a second piece would make it 12.
    expect(turns).toBeGreaterThanOrEqual(18)
  })

  it('stops after the current step when aborted', async () => {
    const stop = new AbortController()
    const model = small()
    let after: unknown
    const history = await fit(
      model,
      { train: line(10), validation: line(5) },
      {
        epochs: 5,
        batchSize: 4,
        signal: stop.signal,
        onStep: ({ step }) => {
          if (step !== 4) return
          stop.abort()
          after = valuesOf(model)
        },
      },
    )
    expect(history.aborted).toBe(true)
    expect(history.epochs.length).toBe(1)
    expect(history.checkpoint).toBeInstanceOf(Uint8Array)
    expect(valuesOf(model)).toEqual(after)
  })

  it('does nothing when aborted before it starts', async () => {
    const model = small()
    const before = valuesOf(model)
    const history = await fit(model, line(10), { epochs: 5, batchSize: 4, signal: AbortSignal.abort() })
    expect(history).toMatchObject({ aborted: true, epochs: [] })
    expect(valuesOf(model)).toEqual(before)
  })
})

describe('liveUnits', () => {
  it('counts the bottleneck units that are not 0 on every sample', () => {
    const model = autoencoder({
      ...{ input: 3, bottleneck: 3, encoderHidden: [], decoderHidden: [] },
      bottleneckActivation: 'relu',
    })
    const [{ weight, bias }] = denseLayers(model.encoder)
    weight.value = tensor([
      [1, 0, 0],
      [0, -1, 0],
      [0, 0, 1],
    ])
    bias!.value = tensor([0, -1, 0])
    expect(
      liveUnits(
        model,
        tensor([
          [1, 1, 0],
          [2, 1, 0],
        ]),
      ),
    ).toBe(1)
    expect(
      liveUnits(
        model,
        tensor([
          [1, 1, 0],
          [2, -3, 1],
        ]),
      ),
    ).toBe(3)
  })
})
