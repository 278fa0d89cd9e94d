import { init, matmul, type Tensor, tensor, zeros } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { Parameter } from '../parameter.ts'
import { adam } from './adam.ts'
import type { Optimizer } from './optimizer.ts'
import { cosineDecay } from './schedule.ts'
import { sgd } from './sgd.ts'

beforeAll(() => init())

const float64 = (values: number[] | number[][]): Tensor => tensor(values, { dtype: 'float64' })

/** Values of one parameter after each of some steps. */
function follow(
  optimizer: Optimizer,
  start: number[],
  gradients: number[][],
  learningRate?: number,
): number[][] {
  const parameter = new Parameter('p', float64(start), { learningRate })
  const run = optimizer.start([parameter])
  return gradients.map((gradient, step) => {
    run.prepare([[float64(gradient)]])(step, gradients.length)
    return parameter.value.toArray() as number[]
  })
}

describe('adam', () => {
  it('makes a first step of the learning rate against the sign of the gradient', () => {
    // m̂ = g and v̂ = g², so the step is rate · g / (|g| + ε): by hand.
    const [[a, b]] = follow(adam({ learningRate: 0.1 }), [1, 2], [[0.5, -4]])
    expect(a).toBeCloseTo(1 - (0.1 * 0.5) / (0.5 + 1e-8), 15)
    expect(b).toBeCloseTo(2 + (0.1 * 4) / (4 + 1e-8), 15)
  })

  it('corrects the bias of both moments at every step', () => {
    // By hand for gradients 1, then 3: m = 0.9 · 0.1 + 0.1 · 3 = 0.39, v = 0.999 · 0.001 + 0.001 · 9 = 0.009999.
    const [, [second]] = follow(adam({ learningRate: 0.1, epsilon: 0.5 }), [0], [[1], [3]])
    const first = -0.1 / (1 + 0.5)
    const mean = 0.39 / 0.19
    const meanSquare = 0.009999 / 0.001999
    expect(second).toBeCloseTo(first - (0.1 * mean) / (Math.sqrt(meanSquare) + 0.5), 14)
  })

  it('adds weight decay to the gradient', () => {
    const decayed = follow(adam({ weightDecay: 0.2 }), [3], [[1], [1]])
    const byHand = follow(adam(), [3], [[1 + 0.2 * 3], [1 + 0.2 * decayed[0][0]]])
    expect(decayed[1][0]).toBeCloseTo(byHand[1][0], 14)
  })

  it('refuses unknown options and numbers out of range', () => {
    expect(() => adam({ lr: 1 } as object)).toThrow("adam: unknown option 'lr'; did you mean 'learningRate'?")
    expect(() => adam({ beta2: 1 })).toThrow('adam: beta2: expected a number in [0, 1), got 1')
    expect(() => adam({ learningRate: NaN })).toThrow(
      'adam: learningRate: expected a finite number of at least 0, got NaN',
    )
    expect(() => sgd(undefined as never)).toThrow(
      'sgd: expected options { learningRate, momentum, schedule, weightDecay }, got undefined',
    )
  })

  it('refuses a schedule that is no function, or gives no number', () => {
    expect(() => adam({ schedule: 0.5 as never })).toThrow(
      'adam: schedule: expected a function such as cosineDecay(), got 0.5',
    )
    const forgetful = adam({ schedule: (() => undefined) as never })
    expect(() => follow(forgetful, [1], [[1]])).toThrow(
      /^adam: schedule\(0, \d+\): expected a finite number of at least 0, got undefined/,
    )
  })
})

describe('sgd', () => {
  it('goes down the gradient', () => {
    expect(follow(sgd({ learningRate: 0.5 }), [1, 2], [[1, -2]])).toEqual([[0.5, 3]])
  })

  it('gathers momentum', () => {
    // v = 1, 1.5, 1.75 with momentum 0.5
    const steps = follow(sgd({ learningRate: 1, momentum: 0.5 }), [0], [[1], [1], [1]])
    expect(steps).toEqual([[-1], [-2.5], [-4.25]])
  })
})

describe('every optimizer', () => {
  const optimizers = { adam: adam({ learningRate: 0.1 }), sgd: sgd({ learningRate: 0.1, momentum: 0.9 }) }

  it.each(Object.entries(optimizers))(
    '%s takes factored gradients as it takes their product',
    (_, optimizer) => {
      const left = float64([
        [1, 2],
        [0.3, -1],
        [0.7, 0.1],
      ])
      const right = float64([
        [1, -1, 0.5],
        [2, 0.25, 1],
        [-0.1, 0.2, 0.3],
      ])
      const plain = float64([
        [0.1, 0.2, 0.3],
        [0.4, 0.5, 0.6],
      ])
      const factored = new Parameter('factored', zeros([2, 3], 'float64'))
      const dense = new Parameter('dense', zeros([2, 3], 'float64'))
      const run = optimizer.start([factored, dense])
      const product = matmul(left, right, { transposeA: true })
      for (let step = 0; step < 3; step++) {
        run.prepare([
          [{ left, right, shape: [2, 3] }, plain],
          [product, plain],
        ])(step, 3)
      }
      const [a, b] = [factored.value.dataSync(), dense.value.dataSync()]
      a.forEach((value, i) => {
        expect(Math.abs(value - b[i])).toBeLessThan(1e-14)
        expect(Math.abs(value)).toBeGreaterThan(0.01)
      })
    },
  )

  it.each(Object.entries(optimizers))('%s uses the own learning rate of a parameter', (_, optimizer) => {
    const [[slow]] = follow(optimizer, [0], [[1]])
    const [[fast]] = follow(optimizer, [0], [[1]], 0.3)
    expect(fast / slow).toBeCloseTo(3, 14)
  })

  it('scales every learning rate by its schedule', () => {
    const steps = follow(sgd({ learningRate: 1, schedule: cosineDecay() }), [0], [[1], [1]], 2)
    expect(steps[0][0]).toBeCloseTo(-2, 14)
    expect(steps[1][0]).toBeCloseTo(-3, 14) // half-way through the cosine the factor is ½
  })

  it('serves several runs without mixing their moments', () => {
    const optimizer = sgd({ learningRate: 1, momentum: 0.5 })
    expect(follow(optimizer, [0], [[1], [1]])).toEqual(follow(optimizer, [0], [[1], [1]]))
  })
})
