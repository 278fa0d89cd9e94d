import { tensor } from '../../creation.ts'
import { dispatch } from '../../dispatch.ts'
import { arrayTypes, type DType, isFloat, machineEpsilon, type TypedArray } from '../../dtype.ts'
import type { Operand } from '../../operand.ts'
import { formatShape, type Shape, sizeOf } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { type Contribution, updateInPlace } from '../../update.ts'
import {
  type ContributionOperand,
  leastMoment,
  type UpdateName,
  type UpdateTable,
} from '../../update-table.ts'
import { referenceBackend } from '../reference/index.ts'
import type { Values } from './case.ts'
import { draws, filled } from './values.ts'

/** A dense term, or one as factors of `rank` products. */
type Term = Values | { readonly left: Values; readonly right: Values }

interface UpdateCase {
  readonly shape: Shape
  readonly terms: readonly Term[]
}

const float = (dtype: DType, shape: Shape, seed: number): Values => {
  const draw = draws(seed)
  return filled(dtype, shape, () => 4 * draw() - 2)
}

/** Mixtures of terms: 0 stands for a dense one, another number for the rank of factors. */
const mixtures = [[0], [0, 0], [3], [1, 2], [0, 5], [5, 0], [0, 4, 0, 1], [300], []]

/** Every mixture on sizes around vectors, a few on sizes around the pieces in which backends sum gradients up. */
function* updateCases(dtype: DType): Iterable<UpdateCase> {
  let seed = 0
  const mixed = (shape: Shape, mixture: readonly number[]): UpdateCase => ({
    shape,
    terms: mixture.map((rank): Term => {
      seed++
      if (rank === 0) return float(dtype, shape, seed)
      return {
        left: float(dtype, [rank, shape[0]], seed),
        right: float(dtype, [rank, shape[1]], seed + 999),
      }
    }),
  })
  for (const shape of [
    [1, 1],
    [3, 5],
    [1, 17],
    [17, 1],
    [33, 40],
    [2, 0],
  ]) {
    for (const mixture of mixtures) yield mixed(shape, mixture)
  }
  yield mixed([3, 5500], [0, 2])
  yield mixed([130, 129], [4, 0])
  yield mixed([130, 129], [])
  yield mixed([2, 16385], [2])
  for (const shape of [[], [0], [5], [1000], [16385]]) {
    yield { shape, terms: [float(dtype, shape, 5)] }
    yield { shape, terms: [float(dtype, shape, 5), float(dtype, shape, 6)] }
  }
  // Factors of other widths than the parameter's, several at once: the product is reshaped.
  const factors = (m: number, n: number): Term => ({
    left: float(dtype, [2, m], m),
    right: float(dtype, [2, n], n),
  })
  yield {
    shape: [60, 77],
    terms: [factors(4620, 1), factors(77, 60), float(dtype, [60, 77], 3), factors(1, 4620)],
  }
  yield { shape: [10, 60, 61], terms: [factors(600, 61), factors(10, 3660), factors(610, 60)] }
  yield { shape: [3, 4], terms: [{ left: float(dtype, [0, 3], 1), right: float(dtype, [0, 4], 1) }] }
}

type Arrays = Readonly<Record<string, TypedArray>>

/** One element's gradient: Σ|terms| with the error of summing them. */
interface Sum {
  readonly epsilon: number
  readonly size: number
  readonly error: number
}

/** Of Adam, with two kinds of weight decay. */
const adamBounds =
  (isDecoupled: boolean) =>
  (
    { epsilon, size, error }: Sum,
    before: Arrays,
    after: Arrays,
    i: number,
    p: UpdateTable['adam']['params'],
  ): number[] => {
    const [added, taken] = isDecoupled ? [0, p.learningRate * p.weightDecay] : [p.weightDecay, 0]
    const x = Math.abs(before.parameter[i])
    const gradient = size + added * x
    const gradientError = error + 2 * epsilon * gradient
    const first = p.beta1 * Math.abs(before.firstMoment[i]) + (1 - p.beta1) * gradient
    const second = p.beta2 * before.secondMoment[i] + (1 - p.beta2) * gradient * gradient
    const firstError = (1 - p.beta1) * gradientError + 3 * epsilon * first
    const secondError = 2 * (1 - p.beta2) * gradient * gradientError + 4 * epsilon * second
    const [rate, scale] = [p.learningRate / (1 - p.beta1 ** p.step), 1 / Math.sqrt(1 - p.beta2 ** p.step)]
    const root = Math.sqrt(after.secondMoment[i])
    const below = root * scale + p.epsilon
    const belowError = (scale * secondError) / (2 * root) + 4 * epsilon * below
    const moved = (rate * Math.abs(after.firstMoment[i])) / below
    const movedError = (rate * firstError + moved * belowError) / below + 4 * epsilon * moved
    return [movedError + epsilon * (x + moved + 3 * taken * x), firstError, secondError]
  }

/** Optimizers' state tensors, numbers and, for every state, the rounding errors of its formula in one element, to first order. */
const updates: {
  readonly [N in UpdateName]: {
    state: readonly UpdateTable[N]['state'][]
    params: readonly UpdateTable[N]['params'][]
    bounds: (sum: Sum, before: Arrays, after: Arrays, i: number, params: UpdateTable[N]['params']) => number[]
  }
} = {
  accumulate: {
    state: ['parameter'],
    params: [
      { weight: 0.25, decay: 1 },
      { weight: 0.25, decay: 0 },
      { weight: 0.001, decay: 0.001 },
    ],
    bounds: ({ epsilon, size, error }, before, _after, i, { weight, decay }) => {
      const old = decay === 1 ? 0 : Math.abs(before.parameter[i])
      return [weight * error + 3 * epsilon * (weight * size + (1 + decay) * old)]
    },
  },
  sgd: {
    state: ['parameter', 'velocity'],
    params: [
      { learningRate: 0.1, momentum: 0, weightDecay: 0 },
      { learningRate: 0.01, momentum: 0.9, weightDecay: 0.001 },
    ],
    bounds: ({ epsilon, size, error }, before, _after, i, { learningRate, momentum, weightDecay }) => {
      const x = Math.abs(before.parameter[i])
      const moving = momentum * Math.abs(before.velocity[i]) + size + weightDecay * x
      const velocity = error + 4 * epsilon * moving
      return [learningRate * velocity + 2 * epsilon * (x + learningRate * moving), velocity]
    },
  },
  adam: {
    state: ['parameter', 'firstMoment', 'secondMoment'],
    params: [
      { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step: 1, weightDecay: 0 },
      { learningRate: 0.01, beta1: 0.95, beta2: 0.99, epsilon: 1e-3, step: 1000, weightDecay: 0.01 },
    ],
    bounds: adamBounds(false),
  },
  adamW: {
    state: ['parameter', 'firstMoment', 'secondMoment'],
    params: [
      { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step: 1, weightDecay: 0 },
      { learningRate: 0.01, beta1: 0.95, beta2: 0.99, epsilon: 1e-3, step: 1000, weightDecay: 0.1 },
    ],
    bounds: adamBounds(true),
  },
}

const isDense = (term: Term): term is Values => 'values' in term

const widened = (
  { values, shape, dtype }: Values,
  f: (x: number) => number = (x) => x,
): Operand<TypedArray> => ({
  buffer: Float64Array.from(values, f),
  shape,
  size: sizeOf(shape),
  dtype,
})

const operandsOf = (terms: readonly Term[], f?: (x: number) => number): ContributionOperand<TypedArray>[] =>
  terms.map((term) =>
    isDense(term) ? widened(term, f) : { left: widened(term.left, f), right: widened(term.right, f) },
  )

/** Σ|terms| of every element. */
function magnitudes({ shape, terms }: UpdateCase, dtype: DType): TypedArray {
  const state = {
    parameter: widened(filled(dtype, shape, () => 0)),
    velocity: widened(filled(dtype, shape, () => 0)),
  }
  const params = { learningRate: 1, momentum: 0, weightDecay: 0 }
  referenceBackend.updates.sgd(state, operandsOf(terms, Math.abs), params)
  return state.velocity.buffer
}

/** A tensor one element into a larger one. */
function offTheGrid({ values, shape, dtype }: Values): Tensor {
  const held = new arrayTypes[dtype](values.length + 2)
  held.set(values, 1)
  const whole = tensor(held)
  const [part] = dispatch('slice', [whole], { starts: [1], sizes: [values.length] })
  const [view] = dispatch('reshape', [part], { shape })
  for (const t of [whole, part]) t.dispose()
  return view
}

const onTheGrid = ({ values, shape }: Values): Tensor => tensor(values, { shape })

/** The state after one update on the active backend. @throws Error where a gradient has changed. */
async function updated(
  name: UpdateName,
  c: UpdateCase,
  state: Readonly<Record<string, Values>>,
  params: unknown,
  upload: (x: Values) => Tensor,
): Promise<Arrays> {
  const tensors = Object.fromEntries(Object.entries(state).map(([key, x]) => [key, upload(x)]))
  const given: [Values, Tensor][] = []
  const give = (x: Values): Tensor => {
    const t = upload(x)
    given.push([x, t])
    return t
  }
  const terms = c.terms.map(
    (term): Contribution =>
      isDense(term) ? give(term) : { left: give(term.left), right: give(term.right), shape: c.shape },
  )
  updateInPlace(name, tensors as never, terms, params as never)
  for (const [x, t] of given) {
    const now = await t.data()
    if (x.values.some((value, i) => value !== now[i])) throw new Error('a gradient has changed')
  }
  const after = await Promise.all(Object.values(tensors).map((t) => t.data()))
  for (const t of [...Object.values(tensors), ...given.map(([, held]) => held)]) t.dispose()
  return Object.fromEntries(Object.keys(tensors).map((key, i) => [key, after[i]]))
}

async function runUpdate<N extends UpdateName>(name: N, c: UpdateCase, dtype: DType): Promise<void> {
  const row = updates[name]
  const names = row.state as readonly string[]
  const state = Object.fromEntries(
    names.map((key, i) => {
      const x = float(dtype, c.shape, 31 + i)
      // A second moment is a mean of squares.
      return [key, key === 'secondMoment' ? filled(dtype, c.shape, (j) => x.values[j] ** 2 + 0.01) : x]
    }),
  )
  const before = Object.fromEntries(names.map((key) => [key, state[key].values]))
  const sums = magnitudes(c, dtype)
  const epsilon = machineEpsilon(dtype)
  const count = c.terms.reduce((n, term) => n + (isDense(term) ? 1 : term.left.shape[0]), 0)
  for (const params of row.params) {
    const got = await updated(name, c, state, params, onTheGrid)
    const again = await updated(name, c, state, params, offTheGrid)
    const want = Object.fromEntries(names.map((key) => [key, widened(state[key])]))
    const run = referenceBackend.updates[name] as (s: unknown, g: unknown, p: unknown) => void
    run(want, operandsOf(c.terms), params)
    const after = Object.fromEntries(names.map((key) => [key, want[key].buffer]))
    for (let i = 0; i < sums.length; i++) {
      const sum = { epsilon, size: sums[i], error: count * epsilon * sums[i] }
      const bounds = row.bounds(sum, before, after, i, params)
      for (let at = 0; at < names.length; at++) {
        const key = names[at]
        const value = got[key][i]
        if (value !== again[key][i]) throw new Error(`${key} ${i}: other bits where tensors lie elsewhere`)
        if (!(Math.abs(value - after[key][i]) <= bounds[at]))
          throw new Error(`${key} ${i} is ${value}, expected ${after[key][i]} ± ${bounds[at]}`)
      }
    }
  }
}

/**
 * Moments around the bound below which they are 0, without a gradient: the same ones are 0 on every backend, none is subnormal, and no
 * weight moves by more than rounding. An ε of 0 makes neither NaN nor ∞ of them.
 */
async function runFlush(name: UpdateName, dtype: DType): Promise<void> {
  const names = updates[name].state as readonly string[]
  const moments = names.filter((key) => key !== 'parameter')
  const least = leastMoment(dtype)
  const sizes = [0, 1e-9, 0.5, 1, 1.05, 1.2, 2, 100, Number.NaN]
  // Enough for vectors and what is left of them, alone and as rows of a product.
  const shape = [3, 37]
  const signed = (i: number): number => (i % 2 === 0 ? 1 : -1) * sizes[i % 9] * least
  const held: Readonly<Record<string, Values>> = {
    parameter: float(dtype, shape, 3),
    velocity: filled(dtype, shape, signed),
    firstMoment: filled(dtype, shape, signed),
    secondMoment: filled(dtype, shape, (i) => sizes[(i >> 2) % 9] * least),
  }
  const state = Object.fromEntries(names.map((key) => [key, held[key]]))
  const adamParams = (decays: readonly number[]) =>
    [0, 1e-8].flatMap((epsilon) =>
      decays.map((weightDecay) => {
        return { learningRate: 0.1, beta1: 0.9, beta2: 0.9, epsilon, step: 2000, weightDecay }
      }),
    )
  const params = {
    accumulate: [{ weight: 1, decay: 0 }],
    sgd: [{ learningRate: 0.1, momentum: 0.9, weightDecay: 0 }],
    // The second decay is too small to show: there are kernels with and without.
    adam: adamParams([0, 1e-7 * least]),
    adamW: adamParams([0, machineEpsilon(dtype)]),
  }
  const zeros = { left: filled(dtype, [2, 3], () => 0), right: filled(dtype, [2, 37], () => 0) }
  for (const terms of [[], [filled(dtype, shape, () => 0)], [zeros]]) {
    for (const numbers of params[name]) {
      const got = await updated(name, { shape, terms }, state, numbers, onTheGrid)
      for (const key of moments) {
        for (const [i, before] of held[key].values.entries()) {
          const kept = Math.abs(0.9 * before) < least ? 0 : 0.9 * before
          const value = got[key][i]
          const isSame = kept === 0 ? value === 0 : Math.abs(value - kept) <= 1e-6 * Math.abs(kept)
          if (!isSame && !(Number.isNaN(kept) && Number.isNaN(value)))
            throw new Error(`${key} ${i} is ${value}, expected ${kept} after ${before}`)
        }
      }
      for (const [i, before] of held.parameter.values.entries()) {
        const isHole = moments.some((key) => Number.isNaN(state[key].values[i]))
        const value = got.parameter[i]
        if (isHole !== Number.isNaN(value) || Math.abs(value - before) > 1e-6)
          throw new Error(`parameter ${i} is ${value}, expected about ${before}`)
      }
    }
  }
}

const told = (term: Term): string =>
  isDense(term) ? 'dense' : `${formatShape(term.left.shape)}ᵀ ${formatShape(term.right.shape)}`

/** Every in-place update in every floating dtype. */
export function updateConformance(
  test: (name: string, dtype: DType, body: () => Promise<void>) => void,
): void {
  for (const name of Object.keys(updates) as UpdateName[]) {
    for (const dtype of (Object.keys(arrayTypes) as DType[]).filter(isFloat)) {
      test(`the update ${name}, of moments that vanish`, dtype, () => runFlush(name, dtype))
      test(`the update ${name}`, dtype, async () => {
        for (const c of updateCases(dtype)) {
          try {
            await runUpdate(name, c, dtype)
          } catch (error) {
            throw new Error(
              `${name} of ${formatShape(c.shape)} by ${c.terms.map(told).join(' + ') || 'nothing'}: ${(error as Error).message}`,
            )
          }
        }
      })
    }
  }
}
