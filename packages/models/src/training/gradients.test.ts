import { init, key, mean, mul, square, sub, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { adam, autoencoder, type Objective, reconstruction, Trainer, type TrainerOptions } from '../index.ts'

beforeAll(() => init())

const modelOf = () =>
  autoencoder({ input: 6, bottleneck: 2, encoderHidden: [5], decoderHidden: [5], seed: 3 })

/** Trains to the end; the losses of all steps and the final weights, bit for bit. */
function train(
  options: Partial<TrainerOptions> & { objective?: Objective | readonly Objective[] },
  rows = 10,
) {
  const model = modelOf()
  const samples = key('data').normal([rows, 6])
  const trainer = new Trainer(model, samples, {
    epochs: 6,
    batchSize: 4,
    optimizer: adam({ learningRate: 0.05 }),
    ...options,
  })
  const losses: number[] = []
  while (!trainer.complete) {
    losses.push(trainer.step().values.loss)
    if (trainer.epochDone) trainer.finishEpoch()
  }
  const { execution } = trainer.finish()
  trainer.release()
  const weights = model.parameters.map(({ value }) => value.dataSync())
  for (const t of [samples, ...model.parameters.map(({ value }) => value)]) t.dispose()
  return { losses, weights, execution }
}

/** An objective whose loss is whatever a function of the reconstruction's residual says. */
const objectiveOf = (
  loss: (model: ReturnType<typeof modelOf>, x: Tensor, step: ReturnType<typeof key>) => Tensor,
): Objective => {
  let model: ReturnType<typeof modelOf>
  return {
    name: 'own',
    parameters: [],
    prepare: (autoencoder) => {
      model = autoencoder
    },
    loss: ({ x }, step) => ({ loss: loss(model, x, step), values: {} }),
    diagnostics: () => ({}),
  }
}
const squared = (model: ReturnType<typeof modelOf>, x: Tensor, target: Tensor) =>
  mean(square(sub(model.reconstruct(x), target)))

describe('a replayed training', () => {
  it('gives the same losses and weights, bit for bit, as one without, also in the smaller last batch', () => {
    const replayed = train({})
    const eager = train({ replay: false })
    expect(replayed.losses).toEqual(eager.losses)
    expect(replayed.weights).toEqual(eager.weights)
    // 3 batches an epoch, of 4, 4 and 2 samples: of either size one is recorded and one is checked.
    expect(replayed.execution).toEqual({ eager: 4, replayed: 14, obstacle: null })
    expect(eager.execution).toEqual({ eager: 18, replayed: 0, obstacle: null })
  })

  it('draws other numbers in every step, the same as without', () => {
    const noisy = objectiveOf((model, x, step) =>
      squared(model, sub(x, step.child('noise', 1).normal(x.shape)), x),
    )
    const replayed = train({ objective: [reconstruction(), noisy] })
    expect(replayed.execution.replayed).toBe(14)
    expect(replayed.losses).toEqual(train({ objective: [reconstruction(), noisy], replay: false }).losses)
    expect(new Set(replayed.losses).size).toBe(18)
  })

  it('is not done, and says why, where an objective reads numbers', () => {
    const reading = objectiveOf((model, x) => mul(squared(model, x, x), 1 + 0 * mean(x).item()))
    const { execution, losses } = train({ objective: reading })
    expect(execution).toEqual({ eager: 18, replayed: 0, obstacle: 'it reads numbers of a tensor' })
    expect(losses).toEqual(train({ objective: reading, replay: false }).losses)
  })

  it('is not done, and says why, where an objective brings numbers of its own', () => {
    let step = 0
    const counting = objectiveOf((model, x) => mul(squared(model, x, x), tensor(1 / ++step)))
    expect(train({ objective: counting }).execution.obstacle).toBe(
      'it makes a tensor of numbers from JavaScript',
    )
  })

  it('notices a loss that changes with a count of its own', () => {
    let step = 0
    const counting = objectiveOf((model, x) => mul(squared(model, x, x), 1 + step++))
    expect(train({ objective: counting }).execution.obstacle).toBe('a replayed step gave other bits')
  })

  it('leaves memory as it was', async () => {
    const backend = await init()
    const bytes = () => (backend as unknown as { peakBytes: number }).peakBytes
    train({})
    const before = bytes()
    for (let i = 0; i < 20; i++) train({})
    expect(bytes()).toBe(before)
  })
})
