import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { rewrite } from './creation.ts'
import {
  add,
  full,
  init,
  matmul,
  prepareUpdate,
  reshape,
  type Tensor,
  tensor,
  updateInPlace,
  zeros,
} from './index.ts'
import { asTensor, plain } from './testing/arrays.ts'

beforeAll(() => init())

const adam = { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step: 1, weightDecay: 0 }
const zeroState = (parameter: Tensor) => ({
  parameter,
  firstMoment: zeros(parameter.shape, 'float64'),
  secondMoment: zeros(parameter.shape, 'float64'),
})

describe('updateInPlace', () => {
  it('adam follows its formula over several steps, with L2 weight decay', () => {
    const parameter = tensor([0.5, -2], { dtype: 'float64' })
    const state = zeroState(parameter)
    let [x, m, v] = [0.5, 0, 0]
    for (let step = 1; step <= 5; step++) {
      const g = 0.3 * step + 0.01 * x
      m = 0.9 * m + 0.1 * g
      v = 0.999 * v + 0.001 * g * g
      x -= (0.1 * (m / (1 - 0.9 ** step))) / (Math.sqrt(v / (1 - 0.999 ** step)) + 1e-8)
      updateInPlace('adam', state, [full([2], 0.3 * step, 'float64')], { ...adam, step, weightDecay: 0.01 })
    }
    expect(parameter.dataSync()[0]).toBeCloseTo(x, 14)
    expect(state.firstMoment.dataSync()[0]).toBeCloseTo(m, 14)
    expect(state.secondMoment.dataSync()[0]).toBeCloseTo(v, 14)
  })

  it('adamW takes its decay from the weight and leaves the gradient alone, over several steps', () => {
    const parameter = tensor([0.5, -2], { dtype: 'float64' })
    const state = zeroState(parameter)
    let [x, m, v] = [0.5, 0, 0]
    for (let step = 1; step <= 5; step++) {
      const g = 0.3 * step
      m = 0.9 * m + 0.1 * g
      v = 0.999 * v + 0.001 * g * g
      x -= 0.1 * 0.01 * x
      x -= (0.1 * (m / (1 - 0.9 ** step))) / (Math.sqrt(v / (1 - 0.999 ** step)) + 1e-8)
      updateInPlace('adamW', state, [full([2], g, 'float64')], { ...adam, step, weightDecay: 0.01 })
    }
    expect(parameter.dataSync()[0]).toBeCloseTo(x, 14)
    expect(state.firstMoment.dataSync()[0]).toBeCloseTo(m, 14)
    expect(state.secondMoment.dataSync()[0]).toBeCloseTo(v, 14)
  })

  it('adamW follows PyTorch 1.13, to the digits of float64', () => {
    const parameter = tensor([0.5, -2, 3], { dtype: 'float64' })
    const state = zeroState(parameter)
    for (let step = 1; step <= 5; step++) {
      const gradient = tensor([0.3 * step, -0.2, 0.01 * step * step], { dtype: 'float64' })
      updateInPlace('adamW', state, [gradient], { ...adam, learningRate: 0.05, step, weightDecay: 0.1 })
    }
    // torch.optim.AdamW([p], lr=0.05, weight_decay=0.1) on the same gradients
    const torch = [0.24751353715043778, -1.7029850498381236, 2.703378427671646]
    parameter.dataSync().forEach((value, i) => expect(value).toBeCloseTo(torch[i], 13))
  })

  for (const backend of ['wasm', 'reference']) {
    for (const dtype of ['float32', 'float64'] as const) {
      it(`adamW brings a weight without gradient to 0 before it is subnormal: ${backend}, ${dtype}`, async () => {
        await init({ backend })
        const smallest = dtype === 'float32' ? 2 ** -126 : 2 ** -1022
        const state = {
          parameter: full([23], -1, dtype),
          firstMoment: zeros([23], dtype),
          secondMoment: zeros([23], dtype),
        }
        for (let step = 1; step <= 1100; step++) {
          updateInPlace('adamW', state, [], { ...adam, learningRate: 1, step, weightDecay: 0.5 })
          const values = state.parameter.dataSync()
          expect(values.every((x) => x === 0 || Math.abs(x) >= smallest)).toBe(true)
        }
        expect(new Set(state.parameter.dataSync())).toEqual(new Set([0]))
        await init()
      })

      it(`accumulate sums up, replaces and averages: ${backend}, ${dtype}`, async () => {
        await init({ backend })
        const ramp = (from: number) =>
          tensor(
            Array.from({ length: 11 }, (_, i) => from + i),
            { dtype },
          )
        const parameter = full([11], Number.NaN, dtype)
        const add = (from: number, weight: number, decay: number) =>
          updateInPlace('accumulate', { parameter }, [ramp(from)], { weight, decay })
        add(1, 0.5, 1) // what was there is not read
        expect([...parameter.dataSync()]).toEqual(Array.from({ length: 11 }, (_, i) => (1 + i) / 2))
        add(3, 0.25, 0)
        expect([...parameter.dataSync()]).toEqual(
          Array.from({ length: 11 }, (_, i) => (1 + i) / 2 + (3 + i) / 4),
        )
        add(0, 0.75, 0.75)
        const mean = Array.from({ length: 11 }, (_, i) => 0.25 * ((1 + i) / 2 + (3 + i) / 4) + 0.75 * i)
        expect([...parameter.dataSync()]).toEqual(mean)
        // An average that has arrived stays, where 0.9999 · x + 0.0001 · x would not; what vanishes becomes 0.
        const arrived = full([11], 0.1, dtype)
        updateInPlace('accumulate', { parameter: arrived }, [full([11], 0.1, dtype)], {
          weight: 1e-4,
          decay: 1e-4,
        })
        expect([...arrived.dataSync()]).toEqual([...full([11], 0.1, dtype).dataSync()])
        for (let i = 0; i < 1100; i++)
          updateInPlace('accumulate', { parameter: arrived }, [], { weight: 0.5, decay: 0.5 })
        expect(new Set(arrived.dataSync())).toEqual(new Set([0]))
        await init()
      })
    }
  }

  for (const backend of ['wasm', 'reference']) {
    for (const dtype of ['float32', 'float64'] as const) {
      it(`moments without gradients become 0, and are never subnormal: ${backend}, ${dtype}`, async () => {
        await init({ backend })
        const smallest = dtype === 'float32' ? 2 ** -126 : 2 ** -1022
        const isNormal = (x: number): boolean => x === 0 || Math.abs(x) >= smallest
        const values = Array.from({ length: 23 }, (_, i) => 0.01 * (i - 11))
        const of = (f: (x: number) => number): Tensor => tensor(values.map(f), { dtype })
        const [parameter, firstMoment, secondMoment, x, velocity] = [
          of(() => 0.5),
          of((g) => g),
          of((g) => g * g),
          of(() => 0.5),
          of((g) => g),
        ]
        const none = [zeros([23], dtype)]
        // β of 0.5 instead of 0.9 and 0.999: the same numbers on the way, sooner.
        const betas = { beta1: 0.5, beta2: 0.6 }
        for (let step = 1; step <= 1600; step++) {
          updateInPlace('adam', { parameter, firstMoment, secondMoment }, none, { ...adam, ...betas, step })
          updateInPlace('sgd', { parameter: x, velocity }, none, {
            learningRate: 0.1,
            momentum: 0.5,
            weightDecay: 0,
          })
          for (const t of [firstMoment, secondMoment, velocity])
            expect(t.dataSync().every(isNormal)).toBe(true)
        }
        for (const t of [firstMoment, secondMoment, velocity])
          expect(t.dataSync().every((m) => m === 0)).toBe(true)
        for (const t of [parameter, x]) expect(t.dataSync().every(Number.isFinite)).toBe(true)
        await init()
      })
    }
  }

  it('weight decay does not bring weights into the subnormal numbers', () => {
    const parameter = full([9], 1)
    const state = { parameter, velocity: zeros([9]) }
    const none = [zeros([9])]
    for (let step = 0; step < 3000; step++)
      updateInPlace('sgd', state, none, { learningRate: 0.5, momentum: 0, weightDecay: 0.1 })
    const rest = Math.abs(parameter.dataSync()[0])
    expect(rest).toBeLessThan(1e-28)
    expect(rest).toBeGreaterThan(2 ** -110)
  })

  it('sgd keeps a velocity', () => {
    const parameter = tensor([1], { dtype: 'float64' })
    const velocity = zeros([1], 'float64')
    const params = { learningRate: 0.1, momentum: 0.5, weightDecay: 0 }
    updateInPlace('sgd', { parameter, velocity }, [full([1], 2, 'float64')], params)
    updateInPlace('sgd', { parameter, velocity }, [full([1], 2, 'float64')], params)
    expect(parameter.item()).toBeCloseTo(1 - 0.1 * 2 - 0.1 * 3, 15)
  })

  it('factored and dense terms add up to the same update, across chunks of the fused pass', () => {
    const problem = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(1, 3, 70), fc.constantFrom(1, 2, 61, 130))
      .chain(([p, m, n]) =>
        fc.record({
          left: plain(fc.constant([p, m])),
          right: plain(fc.constant([p, n])),
          dense: plain(fc.constant([m, n])),
        }),
      )
    fc.assert(
      fc.property(problem, ({ left, right, dense }) => {
        const shape = dense.shape
        const [l, r, d] = [asTensor(left), asTensor(right), asTensor(dense)]
        const factored = zeros(shape, 'float64')
        const whole = zeros(shape, 'float64')
        const sgd = { learningRate: 1, momentum: 0, weightDecay: 0 }
        updateInPlace(
          'sgd',
          { parameter: factored, velocity: zeros(shape, 'float64') },
          [d, { left: l, right: r, shape }],
          sgd,
        )
        const product = add(d, reshape(matmul(l, r, { transposeA: true }), shape))
        updateInPlace('sgd', { parameter: whole, velocity: zeros(shape, 'float64') }, [product], sgd)
        const want = whole.dataSync()
        factored.dataSync().forEach((value, i) => expect(value).toBeCloseTo(want[i], 10))
      }),
      { numRuns: 30 },
    )
  })

  it('refuses gradients of another shape or dtype', () => {
    const parameter = zeros([2, 3])
    const state = { parameter, velocity: zeros([2, 3]) }
    const params = { learningRate: 1, momentum: 0, weightDecay: 0 }
    expect(() => updateInPlace('sgd', state, [zeros([3, 2])], params)).toThrow(
      'sgd: expected a gradient [2, 3] float32, got [3, 2] float32',
    )
    expect(() => updateInPlace('sgd', state, [zeros([2, 3], 'float64')], params)).toThrow(
      'got [2, 3] float64',
    )
    const factors = { left: zeros([4, 2]), right: zeros([5, 3]), shape: [2, 3] }
    expect(() => updateInPlace('sgd', state, [factors], params)).toThrow(
      'sgd: factors [4, 2] and [5, 3] do not make [2, 3]',
    )
  })
})

describe('prepareUpdate', () => {
  it.each(['reference', 'wasm'])(
    'updates again from other numbers in the same places (%s)',
    async (backend) => {
      await init({ backend })
      const left = tensor([[1, 2]], { dtype: 'float64' })
      const right = tensor([[3, 4, 5]], { dtype: 'float64' })
      const gradient = [{ left, right, shape: [2, 3] }]
      const [once, again] = [zeros([2, 3], 'float64'), zeros([2, 3], 'float64')]
      const [state, other] = [zeroState(once), zeroState(again)]
      const update = prepareUpdate('adam', state, gradient)
      for (let step = 1; step <= 4; step++) {
        rewrite(left, Float64Array.of(step, 2 - step))
        // Rates and corrections are those of each call.
        const params = { ...adam, step, learningRate: 0.1 / step, beta2: step === 4 ? 0.99 : 0.999 }
        update(params)
        updateInPlace('adam', other, gradient, params)
        expect(once.dataSync()).toEqual(again.dataSync())
      }
      expect(new Set(once.dataSync()).size).toBeGreaterThan(1)
      await init()
    },
  )

  it('checks at once, and refuses a tensor that has been released since', () => {
    const [parameter, gradient] = [zeros([2, 3]), full([2, 3], 1)]
    const state = { parameter, velocity: zeros([2, 3]) }
    expect(() => prepareUpdate('sgd', state, [zeros([3, 2])])).toThrow(
      'sgd: expected a gradient [2, 3] float32',
    )
    const update = prepareUpdate('sgd', state, [gradient])
    gradient.dispose()
    expect(() => update({ learningRate: 1, momentum: 0, weightDecay: 0 })).toThrow(
      'was used after its release',
    )
    expect(new Set(parameter.dataSync())).toEqual(new Set([0]))
  })
})
