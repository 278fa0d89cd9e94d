import {
  add,
  decodeSafetensors,
  encodeSafetensors,
  init,
  key,
  matmul,
  mean,
  memory,
  mul,
  rows,
  square,
  sub,
  type Tensor,
  tensor,
  zeros,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type Autoencoder,
  adam,
  adamW,
  autoencoder,
  crossEntropy,
  fit,
  meanSquaredError,
  NotFiniteError,
  network,
  type Objective,
  type OnlineOptions,
  OnlineTrainer,
  Parameter,
  reconstruction,
  sgd,
  sumOfObjectives,
  Trainer,
  warmup,
} from '../index.ts'
import { objectiveOf } from '../testing/objective-of.ts'

beforeAll(() => init())

const model = (seed = 0) => autoencoder({ input: 6, bottleneck: 2, encoderHidden: [8], seed })
const chunk = (i: number, count = 8) => key('chunk').child(i).normal([count, 6])

const bitsOf = ({ parameters }: { parameters: readonly { value: Tensor }[] }) =>
  parameters.map(({ value }) => value.dataSync())

/** Trains on chunks `from` … `to − 1`. */
function train(trainer: OnlineTrainer, from: number, to: number, countOf = (_: number) => 8): number[] {
  return Array.from({ length: to - from }, (_, i) => {
    const x = chunk(from + i, countOf(from + i))
    const { loss } = trainer.step(x).values
    x.dispose()
    return loss
  })
}

/** Plain gradient steps and Adam's formulas, written out. */
const optimizers = { adam: adam(), sgd: sgd({ learningRate: 0.1, momentum: 0.9 }), adamW: adamW() }

/** mean over the batch of (scale · z)², with a scale of its own to train, which starts as the size of the rows it is given. */
const scaledCodes = (): Objective => ({
  name: 'scaledCodes',
  start(m, x) {
    const scale = new Parameter('scale', mean(square(x)))
    return {
      parameters: [scale],
      loss({ x }, at) {
        const noise = at.key.normal([x.shape[0], m.bottleneck])
        return {
          loss: mean(square(add(mul(m.encode(x), scale.value), mul(noise, 0.1)))),
          values: { scale: scale.value },
        }
      },
      diagnostics: () => ({}),
    }
  },
})

describe('a step of OnlineTrainer', () => {
  it.each(Object.entries(optimizers))(
    'does what fit does in one step on the same rows with %s, and goes on from there',
    (_, optimizer) => {
      const [online, whole] = [model(), model()]
      const data = chunk(0)
      const trainer = new OnlineTrainer(online, { optimizer })
      // One batch is the whole set: the same rows in every step, in an order that the mean does not know.
      const reference = new Trainer(whole, data, { epochs: 6, batchSize: 8, optimizer })
      for (let i = 0; i < 6; i++) {
        const { step, values } = trainer.step(data)
        expect(step).toBe(i)
        expect(values.loss).toBeCloseTo(reference.step().values.loss, 5)
        reference.finishEpoch()
      }
      bitsOf(online).forEach((values, p) => {
        const expected = bitsOf(whole)[p]
        values.forEach((value, i) => void expect(value).toBeCloseTo(expected[i], 4))
      })
      trainer.release()
      reference.release()
    },
  )

  it.each(Object.entries(optimizers))(
    'is to the bit the same with replay and without, over batches of four sizes in turn, with %s',
    (_, optimizer) => {
      const sizes = (i: number) => [8, 5, 1, 12][i % 4]
      const run = (replay: boolean) => {
        const m = model()
        const trainer = new OnlineTrainer(m, { optimizer, replay, clipGradient: { norm: 0.5 } })
        const losses = train(trainer, 0, 40, sizes)
        const { execution } = trainer
        trainer.release()
        return { losses, bits: bitsOf(m), execution }
      }
      const [replayed, eager] = [run(true), run(false)]
      expect(replayed.losses).toEqual(eager.losses)
      expect(replayed.bits).toEqual(eager.bits)
      // Of each size the first step is recorded, and the second runs both ways.
      expect(replayed.execution).toEqual({ eager: 8, replayed: 32, obstacle: null })
      expect(eager.execution).toEqual({ eager: 40, replayed: 0, obstacle: null })
    },
  )

  it('records no shape a second time, and computes a ninth one without replay', () => {
    const m = model()
    const trainer = new OnlineTrainer(m)
    train(trainer, 0, 90, (i) => 1 + (i % 9))
    expect(trainer.execution).toEqual({ eager: 2 * 8 + 10, replayed: 64, obstacle: null })
    const before = memory().bytes
    train(trainer, 90, 180, (i) => 1 + (i % 9))
    expect(trainer.execution).toEqual({ eager: 2 * 8 + 20, replayed: 144, obstacle: null })
    expect(memory().bytes).toBe(before)
    trainer.release()
  })

  it('leaves the rows to their owner and keeps nothing of them', () => {
    const trainer = new OnlineTrainer(model())
    const [one, other] = [chunk(0), chunk(1)]
    const numbers = one.dataSync()
    trainer.step(one)
    one.dispose()
    for (let i = 0; i < 3; i++) trainer.step(other)
    expect(other.dataSync()).toEqual(chunk(1).dataSync())
    expect(chunk(0).dataSync()).toEqual(numbers)
    trainer.release()
  })

  it('takes rows that are a view of others', () => {
    const [a, b] = [model(), model()]
    const all = key('all').normal([32, 6])
    const [viewed, copied] = [new OnlineTrainer(a), new OnlineTrainer(b)]
    for (let from = 0; from < 32; from += 8) {
      viewed.step(rows(all, from, from + 8))
      copied.step(tensor(all.dataSync().slice(6 * from, 6 * (from + 8)) as Float32Array, { shape: [8, 6] }))
    }
    expect(bitsOf(a)).toEqual(bitsOf(b))
    viewed.release()
    copied.release()
  })

  it('learns a stream: the error on new rows falls', () => {
    const basis = key('basis').normal([2, 6])
    const rowsOf = (i: number) => matmul(key('stream').child(i).normal([16, 2]), basis)
    const trainer = new OnlineTrainer(model(), { optimizer: adam({ learningRate: 1e-2 }) })
    const errors = Array.from({ length: 300 }, (_, i) => trainer.step(rowsOf(i)).values.mse)
    const meanOf = (part: number[]) => part.reduce((sum, error) => sum + error, 0) / part.length
    expect(meanOf(errors.slice(-20))).toBeLessThan(0.05 * meanOf(errors.slice(0, 5)))
    trainer.release()
  })

  it('trains networks on targets, classes among them, and pairs of an autoencoder', () => {
    const net = network({ sizes: [6, 8, 3], activations: ['relu', 'identity'], key: key(0) })
    const numbers = new OnlineTrainer(net, { objective: meanSquaredError() })
    expect(numbers.step(chunk(0), zeros([8, 3])).values.mse).toBeGreaterThan(0)
    numbers.release()
    const classes = new OnlineTrainer(net, {
      objective: crossEntropy(),
      optimizer: adam({ learningRate: 0.05 }),
    })
    const labelled = (i: number): [Tensor, Tensor] => {
      const x = chunk(i)
      const first = (x.toArray() as number[][]).map(([value]) => Number(value > 0))
      return [x, tensor(Int32Array.from(first))]
    }
    const accuracies = Array.from({ length: 120 }, (_, i) => classes.step(...labelled(i)).values.accuracy)
    expect(accuracies.slice(-20).reduce((sum, share) => sum + share) / 20).toBeGreaterThan(0.8)
    expect(classes.execution).toMatchObject({ obstacle: null, eager: 2 + (classes.execution.eager - 2) })
    classes.release()
    const m = model()
    const pairs = new OnlineTrainer(m)
    const [x, y] = [chunk(0), zeros([8, 6])]
    const expected = mean(square(m.reconstruct(x))).item()
    expect(pairs.step(x, y).values.mse).toBeCloseTo(expected, 5)
    // The same rows without targets are another batch, not the last targets.
    const own = mean(square(sub(m.reconstruct(x), x))).item()
    expect(pairs.step(x).values.mse).toBeCloseTo(own, 5)
    pairs.release()
  })

  it('gives schedules an end that never comes', () => {
    const trainer = new OnlineTrainer(model(), { optimizer: sgd({ learningRate: 1, schedule: warmup(1e6) }) })
    for (const loss of train(trainer, 0, 5)) expect(loss).toBeGreaterThan(0)
    trainer.release()
  })

  it('goes on without replay where an objective reads numbers, and says why', () => {
    const objective = objectiveOf((m, { x }) => {
      const error = mean(square(sub(m.reconstruct(x), x)))
      return mul(error, mean(x).item() > 1e9 ? 2 : 1)
    })
    const [a, b] = [model(), model()]
    const trainer = new OnlineTrainer(a, { objective })
    const plain = new OnlineTrainer(b, { replay: false })
    expect(train(trainer, 0, 6)).toEqual(train(plain, 0, 6))
    expect(bitsOf(a)).toEqual(bitsOf(b))
    expect(trainer.execution.obstacle).not.toBeNull()
    expect(trainer.execution).toMatchObject({ eager: 6, replayed: 0 })
    trainer.release()
    plain.release()
  })

  it('goes on where somebody gave the parameters other tensors', async () => {
    const m = model()
    const trainer = new OnlineTrainer(m)
    train(trainer, 0, 4)
    m.parameters.forEach((parameter) => {
      const old = parameter.value
      parameter.value = new Parameter('copy', mul(old, 1)).value
      old.dispose()
    })
    for (const loss of train(trainer, 4, 8)) expect(loss).toBeGreaterThan(0)
    trainer.release()
  })
})

describe('the state of OnlineTrainer', () => {
  const options = (state?: OnlineOptions['state'], start?: Tensor): OnlineOptions => ({
    optimizer: adam({ learningRate: 1e-2 }),
    objective: [reconstruction(), scaledCodes()],
    clipGradient: { norm: 1 },
    seed: 'stream',
    ...(start && { start }),
    state,
  })

  it('is continued to the same bits, after a way through a file', () => {
    const [straight, broken] = [model(), model()]
    const whole = new OnlineTrainer(straight, options())
    const losses = train(whole, 0, 12)
    const first = new OnlineTrainer(broken, options())
    const begun = train(first, 0, 5)
    const { step, seed, tensors } = first.state()
    expect(step).toBe(5)
    first.release()
    const bytes = encodeSafetensors(tensors, { state: JSON.stringify({ step, seed }) })
    const read = decodeSafetensors(bytes)
    const second = new OnlineTrainer(
      broken,
      options({ ...JSON.parse(read.metadata.state), tensors: read.tensors }, chunk(0)),
    )
    expect(second.stepsDone).toBe(5)
    expect([...begun, ...train(second, 5, 12)]).toEqual(losses)
    expect(bitsOf(broken)).toEqual(bitsOf(straight))
    expect(second.state()).toEqual(whole.state())
    whole.release()
    second.release()
  })

  it('names moments, and parameters of the objectives alone', () => {
    const trainer = new OnlineTrainer(model(), options())
    expect(trainer.state()).toEqual({ step: 0, seed: 'stream', tensors: {} })
    expect(trainer.objectives).toEqual([])
    train(trainer, 0, 1)
    const { tensors } = trainer.state()
    const names = Object.keys(tensors)
    expect(names.filter((name) => name.startsWith('parameter.'))).toEqual(['parameter.10.scale'])
    expect(names).toContain('firstMoment.0.encoder.0.weight')
    expect(names).toContain('secondMoment.10.scale')
    expect(names).toHaveLength(1 + 2 * 11)
    expect(tensors['firstMoment.0.encoder.0.weight']).toMatchObject({ dtype: 'float32', shape: [8, 6] })
    expect(trainer.objectives).toHaveLength(2)
    trainer.release()
  })

  it('of before the first step is a beginning', () => {
    const state = new OnlineTrainer(model(), options()).state()
    const [a, b] = [model(), model()]
    const [plain, continued] = [new OnlineTrainer(a, options()), new OnlineTrainer(b, options(state))]
    expect(train(continued, 0, 3)).toEqual(train(plain, 0, 3))
    plain.release()
    continued.release()
  })

  it('is handed on where nothing was trained in between', () => {
    const m = model()
    const trainer = new OnlineTrainer(m)
    train(trainer, 0, 2)
    const state = trainer.state()
    trainer.release()
    expect(new OnlineTrainer(m, { state }).state()).toEqual(state)
  })

  it('of another optimizer, another model or half of one is refused, and nothing changes', () => {
    const m = model()
    const trainer = new OnlineTrainer(m)
    train(trainer, 0, 2)
    const state = trainer.state()
    trainer.release()
    const bits = bitsOf(m)
    const stepOf = (other: Autoencoder, options: OnlineOptions) => () =>
      new OnlineTrainer(other, options).step(zeros([2, other.input]))
    expect(stepOf(m, { state, optimizer: sgd({ learningRate: 1 }) })).toThrow(
      "OnlineTrainer: state: expected a tensor 'velocity.0.encoder.0.weight' float32 [8, 6], found none",
    )
    expect(stepOf(autoencoder({ input: 5, bottleneck: 2, encoderHidden: [8] }), { state })).toThrow(
      "OnlineTrainer: state: expected a tensor 'firstMoment.0.encoder.0.weight' float32 [8, 5], found float32 [8, 6]",
    )
    const { 'firstMoment.0.encoder.0.weight': _, ...rest } = state.tensors
    expect(stepOf(m, { state: { ...state, tensors: rest } })).toThrow('found none')
    const more = {
      ...state.tensors,
      other: { dtype: 'float32', shape: [1], data: new Float32Array(1) },
    } as const
    expect(stepOf(m, { state: { ...state, tensors: more } })).toThrow(
      "OnlineTrainer: state: expected no tensor 'other', found one",
    )
    expect(stepOf(m, { state: { ...state, step: -1 } })).toThrow(
      'expected step as an integer of at least 0, got -1',
    )
    expect(bitsOf(m)).toEqual(bits)
  })
})

describe('OnlineTrainer starts its objectives', () => {
  const seen: number[] = []
  const looking = (): Objective => ({
    ...objectiveOf((m, { x }) => mean(square(m.encode(x))), undefined, 'looking'),
    start: (m, x, k) => {
      seen.push(x.shape[0])
      return objectiveOf((n, batch) => mean(square(n.encode(batch.x)))).start(m, x, k)
    },
  })

  it('with the rows it is given for that, at once, or else with those of the first step, and once', () => {
    const given = new OnlineTrainer(model(), { objective: looking(), start: chunk(0, 20) })
    expect(seen).toEqual([20])
    train(given, 0, 3)
    expect(seen).toEqual([20])
    given.release()
    const late = new OnlineTrainer(model(), { objective: sumOfObjectives([looking()]) })
    expect(seen).toEqual([20])
    train(late, 0, 3)
    expect(seen).toEqual([20, 8])
    late.release()
  })
})

describe('OnlineTrainer refuses', () => {
  const stepped = (rows: () => unknown, y?: () => unknown) => () =>
    new OnlineTrainer(model()).step(rows() as Tensor, y?.() as Tensor)

  it.each<[string, () => unknown, string]>([
    [
      'no model',
      () => new OnlineTrainer({} as never),
      'OnlineTrainer: expected an Autoencoder or a Network, got an object',
    ],
    [
      'unknown options',
      () => new OnlineTrainer(model(), { epochs: 3 } as never),
      "OnlineTrainer: unknown option 'epochs'",
    ],
    [
      'an objective of networks',
      () => new OnlineTrainer(model(), { objective: meanSquaredError() } as never),
      "objective 'meanSquaredError': expected a Network, got an Autoencoder",
    ],
    [
      'what is no objective',
      () => new OnlineTrainer(model(), { objective: 3 } as never),
      'OnlineTrainer: objective: expected one such as reconstruction(), got 3',
    ],
    [
      'an empty list',
      () => new OnlineTrainer(model(), { objective: [] }),
      'OnlineTrainer: expected at least one objective, got none',
    ],
    [
      'rows of another width',
      stepped(() => zeros([2, 5])),
      'OnlineTrainer.step: expected rows [n, 6] with n ≥ 1, got [2, 5]',
    ],
    [
      'rows of another dtype',
      stepped(() => zeros([2, 6], 'float64')),
      "OnlineTrainer.step: expected rows of the model's dtype float32, got float64",
    ],
    [
      'no rows',
      stepped(() => undefined),
      'OnlineTrainer.step: expected rows as a tensor [n, 6], got undefined',
    ],
    [
      'NaN',
      stepped(() =>
        tensor([
          [1, 2, 3, 4, 5, 6],
          [1, 2, Number.NaN, 4, 5, 6],
        ]),
      ),
      'OnlineTrainer.step: expected finite rows, got NaN at row 1, column 2',
    ],
    [
      'targets of another width',
      stepped(
        () => zeros([2, 6]),
        () => zeros([2, 5]),
      ),
      "OnlineTrainer.step: rows: expected y float32 [n, 6], as the autoencoder's outputs, got float32 [2, 5]",
    ],
    [
      'targets of fewer rows',
      stepped(
        () => zeros([2, 6]),
        () => zeros([1, 6]),
      ),
      'OnlineTrainer.step: rows: expected y with a row for each of the 2 of x, got [1, 6]',
    ],
    [
      'rows to start with that do not fit',
      () => new OnlineTrainer(model(), { start: zeros([2, 5]) }),
      'OnlineTrainer: start: expected rows [n, 6] with n ≥ 1, got [2, 5]',
    ],
  ])('%s', (_, act, said) => {
    expect(act).toThrow(said)
  })

  it('a network without its targets', () => {
    const net = network({ sizes: [6, 2], activations: ['identity'], key: key(0) })
    expect(() => new OnlineTrainer(net).step(chunk(0))).toThrow(
      'OnlineTrainer.step: meanSquaredError: expected y',
    )
  })

  it('a step whose loss is not finite, names the step and changes nothing: the next goes on', () => {
    const m = model()
    const trainer = new OnlineTrainer(m)
    train(trainer, 0, 4)
    const [bits, state] = [bitsOf(m), trainer.state()]
    const huge = mul(chunk(4), 1e30)
    for (let again = 0; again < 2; again++) {
      expect(() => trainer.step(huge)).toThrow(NotFiniteError)
      expect(() => trainer.step(huge)).toThrow(
        /^OnlineTrainer: expected a finite loss at step 4 \(counted from 0\), got Infinity/,
      )
    }
    expect(bitsOf(m)).toEqual(bits)
    expect(trainer.state()).toEqual(state)
    expect(trainer.step(chunk(5)).step).toBe(4)
    trainer.release()
  })

  it('steps after its release, which gives back all that it took', async () => {
    const m = model()
    const before = memory().tensors
    const trainer = new OnlineTrainer(m, { clipGradient: { norm: 1 } })
    const data = [chunk(0, 8), chunk(1, 3)]
    for (let i = 0; i < 6; i++) trainer.step(data[i % 2])
    trainer.release()
    trainer.release()
    for (const each of data) each.dispose()
    expect(memory().tensors).toBe(before)
    expect(() => trainer.step(chunk(2))).toThrow(
      'OnlineTrainer.step: expected a trainer that goes on, got one that was released',
    )
    expect(() => trainer.state()).toThrow(
      'OnlineTrainer.state: expected a trainer that goes on, got one that was released',
    )
    // The model has its weights.
    await fit(m, chunk(3), { epochs: 1, batchSize: 8 })
  })
})
