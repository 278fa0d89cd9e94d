import type { Activation } from '../activation.ts'
import { expectTensor } from '../checks.ts'
import { dispatch, own } from '../dispatch.ts'
import type { Tensor } from '../tensor.ts'
import { NONE } from './elementwise.ts'

/**
 * One layer `φ(x Wᵀ + b)` and its region code, from the same pass. State 1 is pre-activation > 0 (SPEC 1); bit
 * `u & 31` of word `u >> 5` is unit u; identity units have no bits.
 *
 * @param x `[..., in]`
 * @param weight `[out, in]`
 * @param bias `[out]` or null
 * @returns `output [..., out]`, `code [..., ⌈out / 32⌉]` uint32
 * @example
 * const { output, code } = affine(ones([16, 3]), ones([40, 3]), zeros([40]), reluActivation)
 * code.shape   // [16, 2]: 40 bits a sample in words of 32
 */
export function affine(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  activation: Activation,
): { output: Tensor; code: Tensor } {
  const [output, code] = dispatch('affine', bias === null ? [x, weight] : [x, weight, bias], activation)
  return { output, code }
}

/**
 * Multiplies by the slope of each unit's state: the derivative of the activation on the code's region. Selected, not
 * multiplied, where the slope is 0 or 1: ∞ becomes 0 there, as it does in the activation. NaN stays NaN in every state.
 *
 * @param code `[...lead, words]`
 * @param g `[...lead, ...extra, units]`
 */
export function applySlopes(code: Tensor, g: Tensor, activation: Activation): Tensor {
  expectTensor('applySlopes', g)
  return Object(activation).name === 'identity'
    ? own('applySlopes', g)
    : dispatch('applySlopes', [code, g], activation)[0]
}

/** Bool `[..., units]` to a uint32 code `[..., ⌈units / 32⌉]`. */
export const packStates = (states: Tensor): Tensor => dispatch('packStates', [states], NONE)[0]

/** The inverse of {@link packStates}. */
export const unpackStates = (code: Tensor, units: number): Tensor =>
  dispatch('unpackStates', [code], { units })[0]

/** How many units differ between two codes `[..., words]`: int32 `[...]`. */
export const countDifferingStates = (a: Tensor, b: Tensor): Tensor =>
  dispatch('countDifferingStates', [a, b], NONE)[0]
