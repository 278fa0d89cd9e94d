import type { TypedArray } from '../../../dtype.ts'
import type { UpdateName, UpdateTable } from '../../../update-table.ts'

/** The tensors of a state by their names. */
export type Arrays = Readonly<Record<string, TypedArray>>

/** One element's gradient: Σ|terms| with the error of summing them. */
export interface Sum {
  readonly epsilon: number
  readonly size: number
  readonly error: number
}

/** What an update is tried with. */
interface UpdateRow<N extends UpdateName> {
  readonly state: readonly UpdateTable[N]['state'][]
  readonly params: readonly UpdateTable[N]['params'][]
  /** For every state, the rounding errors of its formula in one element, to first order. */
  bounds(
    sum: Sum,
    before: Arrays,
    after: Arrays,
    i: number,
    params: UpdateTable[N]['params'],
  ): readonly number[]
  /**
   * Numbers by which moments become 0.9 of what they were, and no weight moves by more than rounding.
   *
   * @param least the least moment of the dtype
   * @param epsilon its machine epsilon
   */
  decaying(least: number, epsilon: number): readonly UpdateTable[N]['params'][]
}

type AdamParams = UpdateTable['adam']['params']

/** Of Adam, with the decay added to the gradient or, decoupled, taken from the weight. */
const adamBounds =
  (isDecoupled: boolean): UpdateRow<'adam'>['bounds'] =>
  ({ epsilon, size, error }, before, after, i, p) => {
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

const adamDecaying = (decays: readonly number[]): AdamParams[] =>
  [0, 1e-8].flatMap((epsilon) =>
    decays.map((weightDecay) => {
      return { learningRate: 0.1, beta1: 0.9, beta2: 0.9, epsilon, step: 2000, weightDecay }
    }),
  )

/** One row for every update: a missing one is a compile error. */
export const updates: { readonly [N in UpdateName]: UpdateRow<N> } = {
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
    decaying: () => [{ weight: 1, decay: 0 }],
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
    decaying: () => [{ learningRate: 0.1, momentum: 0.9, weightDecay: 0 }],
  },
  adam: {
    state: ['parameter', 'firstMoment', 'secondMoment'],
    params: [
      { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step: 1, weightDecay: 0 },
      { learningRate: 0.01, beta1: 0.95, beta2: 0.99, epsilon: 1e-3, step: 1000, weightDecay: 0.01 },
    ],
    bounds: adamBounds(false),
    // The second decay is too small to show: there are kernels with and without one.
    decaying: (least) => adamDecaying([0, 1e-7 * least]),
  },
  adamW: {
    state: ['parameter', 'firstMoment', 'secondMoment'],
    params: [
      { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step: 1, weightDecay: 0 },
      { learningRate: 0.01, beta1: 0.95, beta2: 0.99, epsilon: 1e-3, step: 1000, weightDecay: 0.1 },
    ],
    bounds: adamBounds(true),
    decaying: (_least, epsilon) => adamDecaying([0, epsilon]),
  },
}
