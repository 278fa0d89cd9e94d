/** Piecewise-affine activations whose units have at most two states (docs/mathematics.md 2.1). */
export type ActivationName = 'identity' | 'relu' | 'leakyRelu' | 'abs'

/** An activation as the kernels take it: state 1 (pre-activation > 0) has slope 1, state 0 the lower slope. */
export interface Activation {
  readonly name: ActivationName
  /** Slope of leaky ReLU in state 0; 0 for the others. */
  readonly alpha: number
}

/** φ(a) = a. Its units have one state, slope 1, and no bits in a code. */
export const identityActivation: Activation = { name: 'identity', alpha: 0 }
/** φ(a) = a where a > 0, else 0: also at 0 and −∞; NaN stays NaN. Slope 1 in state 1, 0 in state 0. */
export const reluActivation: Activation = { name: 'relu', alpha: 0 }
/** φ(a) = |a|, NaN stays NaN. Slope 1 in state 1 (a > 0), −1 in state 0, also at 0. */
export const absActivation: Activation = { name: 'abs', alpha: 0 }

/**
 * Leaky ReLU: φ(a) = a where a > 0, else alpha · a; NaN stays NaN. Slope 1 in state 1, alpha in state 0, also at 0. An alpha of any
 * sign will do; of 0 it is ReLU, and −∞ is 0.
 *
 * @throws RangeError unless alpha is finite.
 * @example leakyReluActivation(0.2)
 */
export function leakyReluActivation(alpha = 0.01): Activation {
  if (!Number.isFinite(alpha))
    throw new RangeError(`leakyReluActivation: expected a finite alpha, got ${alpha}`)
  return { name: 'leakyRelu', alpha }
}

/** Slope `q` of a unit in state 0 (docs/mathematics.md 2.1); in state 1 it is 1. */
export const lowerSlope = (activation: Activation): number => lowerSlopes[activation.name](activation)

const lowerSlopes: Record<ActivationName, (activation: Activation) => number> = {
  identity: () => 1,
  relu: () => 0,
  leakyRelu: ({ alpha }) => alpha,
  abs: () => -1,
}

/**
 * How many states a unit has: two, and one where the activation is the identity.
 *
 * @example statesOf(reluActivation)   // 2
 */
export const statesOf = ({ name }: Activation): number => (name === 'identity' ? 1 : 2)

/** Every activation by name. */
export const activationNames = Object.keys(lowerSlopes) as ActivationName[]

/** Whether a value is what the kernels take: a name in its place is not. */
export const isActivation = (value: unknown): value is Activation =>
  typeof value === 'object' && value !== null && Object.hasOwn(lowerSlopes, (value as Activation).name)
