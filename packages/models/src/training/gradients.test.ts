import { add, init, keep, key, matmul, mean, mul, square, sub, sum, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  adam,
  amountAt,
  autoencoder,
  cosineDecay,
  fit,
  type Objective,
  Parameter,
  reconstruction,
  scaled,
  sgd,
  stepDecay,
  sumOfObjectives,
  Trainer,
  type TrainerOptions,
  warmup,
} from '../index.ts'
import { objectiveOf } from '../testing/objective-of.ts'
import { CheckTimes } from './check-times.ts'

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
    const noisy = objectiveOf((model, { x }, { key }) =>
      squared(model, sub(x, key.child('noise', 1).normal(x.shape)), x),
    )
    const replayed = train({ objective: [reconstruction(), noisy] })
    expect(replayed.execution.replayed).toBe(14)
    expect(replayed.losses).toEqual(train({ objective: [reconstruction(), noisy], replay: false }).losses)
    expect(new Set(replayed.losses).size).toBe(18)
  })

  it('is not done, and says why, where an objective reads numbers', () => {
    const reading = objectiveOf((model, { x }) => mul(squared(model, x, x), 1 + 0 * mean(x).item()))
    const { execution, losses } = train({ objective: reading })
    expect(execution).toEqual({ eager: 18, replayed: 0, obstacle: 'it reads numbers of a tensor' })
    expect(losses).toEqual(train({ objective: reading, replay: false }).losses)
  })

  it('is not done, and says why, where an objective brings numbers of its own', () => {
    let step = 0
    const counting = objectiveOf((model, { x }) => mul(squared(model, x, x), tensor(1 / ++step)))
    expect(train({ objective: counting }).execution.obstacle).toBe(
      'it makes a tensor of numbers from JavaScript',
    )
  })

  it('notices a loss that changes with a count of its own', () => {
    let step = 0
    const counting = objectiveOf((model, { x }) => mul(squared(model, x, x), 1 + step++))
    expect(train({ objective: counting }).execution.obstacle).toBe('a replayed step gave other bits')
  })

  it('is not done, and says why, where an objective reads the number of the step or the batch’s indices', () => {
    const annealed = objectiveOf((model, { x }, { step }) => mul(squared(model, x, x), step < 3 ? 1 : 0.5))
    const { execution, losses } = train({ objective: annealed })
    expect(execution).toEqual({
      eager: 18,
      replayed: 0,
      obstacle: 'it reads the number of the step; amountAt(schedule, at) is replayed',
    })
    expect(losses).toEqual(train({ objective: annealed, replay: false }).losses)
    const byEpoch = objectiveOf((model, { x }, { epoch }) => mul(squared(model, x, x), 1 + epoch))
    expect(train({ objective: byEpoch }).execution.obstacle).toMatch('it reads the number of the epoch')
    const indexed = objectiveOf((model, { x, indices }) => mul(squared(model, x, x), 1 + indices[0]))
    expect(train({ objective: indexed }).execution.obstacle).toBe('it reads the indices of the batch')
    expect(train({ objective: indexed }).losses).toEqual(train({ objective: indexed, replay: false }).losses)
  })

  it('follows schedules of weights, in every step, to the same bits as without', () => {
    const weight = scaled(2, warmup(5, cosineDecay()))
    const annealed = objectiveOf((model, { x }, at) => mul(squared(model, x, x), amountAt(weight, at)))
    const objective = sumOfObjectives([sumOfObjectives([annealed]), annealed])
    const replayed = train({ objective })
    expect(replayed.execution).toEqual({ eager: 4, replayed: 14, obstacle: null })
    const eager = train({ objective, replay: false })
    expect(replayed.losses).toEqual(eager.losses)
    expect(replayed.weights).toEqual(eager.weights)
    // The weight at the first step is a fifth of that at the fifth.
    const constant = train({ objective: objectiveOf((model, { x }) => squared(model, x, x)) })
    expect(replayed.losses[0]).toBeCloseTo(4 * 0.2 * constant.losses[0], 5)
  })

  it('names the schedule that gives no number, with its step', () => {
    const broken = objectiveOf((model, { x }, at) =>
      mul(
        squared(model, x, x),
        amountAt((step) => (step < 4 ? 1 : Number.NaN), at),
      ),
    )
    expect(() => train({ objective: broken })).toThrow(
      'amount: expected a finite number of the schedule at step 4 of 18, got NaN',
    )
  })

  it('throws, and names the objective, where a loss is another one in a later step', () => {
    let isLater = false
    const drifting = objectiveOf(
      (model, { x }) => mul(squared(model, x, x), isLater ? 2 : 1),
      undefined,
      'drifting',
    )
    const model = modelOf()
    const options = { epochs: 100, batchSize: 5, objective: [reconstruction(), drifting] }
    const trainer = new Trainer(model, key('data').normal([10, 6]), options)
    const train = () => {
      for (; !trainer.complete; isLater = trainer.stepsDone > 20) {
        trainer.step()
        if (trainer.epochDone) trainer.finishEpoch()
      }
    }
    expect(train).toThrow(
      /^fit: the loss of objective 'drifting', called anew at step \d+, is not what the recorded step gives: .* \{ replay: false \}$/,
    )
    trainer.release()
  })

  it('looks again ever more rarely', () => {
    const checks = new CheckTimes(key(0))
    const due = Array.from({ length: 20_000 }, (_, i) => (checks.isDue() ? [i + 1] : [])).flat()
    expect(due[0]).toBe(1)
    expect(due[1]).toBeGreaterThan(32)
    expect(due.length).toBeGreaterThan(5)
    expect(due.length).toBeLessThan(16)
    due.slice(2).forEach((at, i) => expect(at / due[i + 1]).toBeLessThan(3.01))
  })

  it.each([
    ['Adam on a schedule', adam({ learningRate: 0.05, schedule: warmup(3, cosineDecay()) })],
    [
      'Adam with weight decay',
      adam({ weightDecay: 0.1, beta2: 0.9, schedule: stepDecay({ every: 2, factor: 0.5 }) }),
    ],
    ['momentum', sgd({ learningRate: 0.1, momentum: 0.9, weightDecay: 0.01, schedule: cosineDecay() })],
  ])('takes the steps of %s to the same bits', (_, optimizer) => {
    const replayed = train({ optimizer })
    expect(replayed.execution.replayed).toBe(14)
    expect(replayed.weights).toEqual(train({ optimizer, replay: false }).weights)
  })

  it('takes gradients made of other parameters’ numbers before those change', () => {
    const owned = (): Objective => ({
      name: 'own',
      start() {
        const [a, b] = ['a', 'b'].map((name) => new Parameter(name, key(name).normal([2, 2])))
        const c = new Parameter('c', key('c').normal([2]), { learningRate: 0.2 })
        return {
          parameters: [a, b, c],
          // The gradient of c is c itself, that of a is b's numbers times another's.
          loss: () => ({
            loss: add(mean(square(matmul(a.value, b.value))), mul(sum(mul(c.value, c.value)), 0.5)),
            values: { first: sum(c.value) },
          }),
          diagnostics: () => ({ values: [a, b, c].flatMap(({ value }) => [...value.dataSync()]) }),
        }
      },
    })
    const run = (replay: boolean) => train({ objective: [reconstruction(), owned()], replay })
    expect(run(true).execution.replayed).toBe(14)
    expect(run(true).losses).toEqual(run(false).losses)
  })

  it('ends with the same best weights, and goes on from a checkpoint to the same bits', async () => {
    const [samples, validation] = [key('data').normal([10, 6]), key('other').normal([7, 6])]
    const options = {
      epochs: 6,
      batchSize: 4,
      validation,
      optimizer: adam({ learningRate: 0.2, schedule: cosineDecay() }),
    }
    const bitsOf = async (more: object) => {
      const model = modelOf()
      const { epochs, bestEpoch, execution } = await fit(model, samples, { ...options, ...more })
      return { epochs, bestEpoch, execution, weights: model.parameters.map(({ value }) => value.dataSync()) }
    }
    const eager = await bitsOf({ replay: false })
    expect(eager.bestEpoch).toBeLessThan(5) // weights of another epoch than the last are restored
    const stop = new AbortController()
    const model = modelOf()
    const onStep = ({ step }: { step: number }) => void (step === 7 && stop.abort())
    const { checkpoint, execution } = await fit(model, samples, { ...options, onStep, signal: stop.signal })
    expect(execution.replayed).toBe(4)
    const whole = { ...(await bitsOf({})), execution: eager.execution }
    expect(whole).toEqual(eager)
    expect({ ...(await bitsOf({ resume: checkpoint })), execution: eager.execution }).toEqual(eager)
  })

  it('sees parameters that somebody gives other tensors between two steps', () => {
    const run = (replay: boolean) => {
      const model = modelOf()
      const trainer = new Trainer(model, key('data').normal([12, 6]), { epochs: 4, batchSize: 4, replay })
      const losses: number[] = []
      while (!trainer.complete) {
        if (losses.length === 7) {
          const [first] = model.parameters
          first.value = keep(mul(first.value, 0.5))
        }
        losses.push(trainer.step().values.loss)
        if (trainer.epochDone) trainer.finishEpoch()
      }
      const { execution } = trainer.finish()
      trainer.release()
      return { losses, execution }
    }
    const replayed = run(true)
    expect(replayed.losses).toEqual(run(false).losses)
    expect(replayed.execution).toEqual({ eager: 4, replayed: 8, obstacle: null })
  })

  it('is not done, and says why, where an objective keeps what a later step makes', () => {
    let step = 0
    let kept: Tensor | undefined
    const keeping = objectiveOf((model, { x }) => {
      const loss = squared(model, x, x)
      if (++step === 2) kept = keep(mul(x, 2)) // the second step, which runs both ways
      return loss
    })
    const { execution, losses } = train({ objective: keeping }, 12)
    expect(execution.obstacle).toBe('it keeps tensors that it makes in a step')
    expect(losses).toEqual(train({ objective: reconstruction() }, 12).losses)
    expect(kept?.size).toBe(24)
  })

  it('leaves what an objective reports and owns to the objective', () => {
    const own = keep(tensor(0.25))
    const objective: Objective = {
      name: 'reporting',
      start(...given) {
        const run = reconstruction().start(...given)
        return { ...run, loss: (batch, at) => ({ ...run.loss(batch, at), values: { own } }) }
      },
    }
    expect(train({ objective }).execution.replayed).toBe(14)
    expect(own.item()).toBe(0.25)
  })

  it('keeps the views that it needs of a tensor that was there before', () => {
    // The gradient of the first layer has the whole set as a factor.
    const whole = key('whole').normal([9, 6])
    const onAll = objectiveOf((model) => squared(model, whole, whole))
    const replayed = train({ objective: onAll })
    expect(replayed.execution).toEqual({ eager: 4, replayed: 14, obstacle: null })
    expect(replayed.weights).toEqual(train({ objective: onAll, replay: false }).weights)
    expect(whole.dataSync().length).toBe(54)
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
