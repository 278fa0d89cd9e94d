import type { Activation } from '../../activation.ts'
import { expectTensor } from '../../checks.ts'
import { codeWords } from '../../code-words.ts'
import { dispatch, own } from '../../dispatch.ts'
import { defineOps } from '../../op.ts'
import { expectFloat, expectRank, same } from '../../op-checks.ts'
import { formatShape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { expectActivation } from './expect-activation.ts'

const ops = /*#__PURE__*/ defineOps<{
  affine: Activation
  applySlopes: Activation
}>({
  affine: {
    outputs(op, inputs, activation) {
      const [x, weight, bias] = inputs
      expectActivation(op, activation)
      const dtype = same(op, x, weight)
      expectFloat(op, x)
      expectRank(op, 'x', x, 1)
      if (weight.shape.length !== 2)
        throw new RangeError(`${op}: expected W [out, in], got ${formatShape(weight.shape)}`)
      const [units, width] = weight.shape
      if (x.shape.at(-1) !== width) {
        throw new RangeError(
          `${op}: inner dimensions differ: ${formatShape(x.shape)} · ${formatShape(weight.shape)}ᵀ`,
        )
      }
      if (bias !== undefined) {
        same(op, x, bias)
        if (bias.shape.length !== 1 || bias.shape[0] !== units) {
          throw new RangeError(`${op}: expected b [${units}], got ${formatShape(bias.shape)}`)
        }
      }
      const lead = x.shape.slice(0, -1)
      return [
        { shape: [...lead, units], dtype },
        { shape: [...lead, codeWords(units, activation)], dtype: 'uint32' },
      ]
    },
  },
  applySlopes: {
    outputs(op, [code, g], activation) {
      expectActivation(op, activation)
      expectFloat(op, g)
      expectRank(op, 'g', g, 1)
      if (code.dtype !== 'uint32') throw new TypeError(`${op}: expected a uint32 code, got ${code.dtype}`)
      const words = codeWords(g.shape.at(-1)!, activation)
      const lead = code.shape.slice(0, -1)
      if (
        code.shape.at(-1) !== words ||
        lead.length >= g.shape.length ||
        lead.some((length, i) => length !== g.shape[i])
      ) {
        throw new RangeError(
          `${op}: expected a code [..., ${words}] whose leading axes start ${formatShape(g.shape)}, got ${formatShape(code.shape)}`,
        )
      }
      return [g]
    },
  },
})
export default ops

/**
 * One layer `φ(x Wᵀ + b)` and its region code, from the same pass. State 1 is pre-activation > 0
 * (docs/mathematics.md 2.1); bit `u & 31` of word `u >> 5` is unit u; identity units have no bits.
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
  const [output, code] = dispatch(ops.affine, bias === null ? [x, weight] : [x, weight, bias], activation)
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
    : dispatch(ops.applySlopes, [code, g], activation)[0]
}
