import type { Activation } from '../../activation.ts'
import { codeWords } from '../../code-words.ts'
import { dispatch } from '../../dispatch.ts'
import { defineOps } from '../../op.ts'
import { expectFloat, expectRank } from '../../op-checks.ts'
import type { Tensor } from '../../tensor.ts'
import { expectActivation } from './expect-activation.ts'

const ops = /*#__PURE__*/ defineOps<{ activate: Activation }>({
  activate: {
    outputs(op, [x], activation) {
      expectActivation(op, activation)
      expectFloat(op, x)
      expectRank(op, 'x', x, 1)
      const words = codeWords(x.shape.at(-1)!, activation)
      return [x, { shape: [...x.shape.slice(0, -1), words], dtype: 'uint32' }]
    },
  },
})
export default ops

/**
 * An activation alone, of pre-activations that another op made, and its region code from the same pass: φ(x), states and words as those
 * of `affine`. The derivative on the code's region is `applySlopes`.
 *
 * @param x `[..., units]`
 * @returns `output [..., units]`, `code [..., ⌈units / 32⌉]` uint32, without words for the identity
 * @example
 * const { output, code } = activate(tensor([[-2, 0, 3]]), reluActivation)
 * output.toArray()                  // [[0, 0, 3]]
 * unpackStates(code, 3).toArray()   // [[0, 0, 1]]
 */
export function activate(x: Tensor, activation: Activation): { output: Tensor; code: Tensor } {
  const [output, code] = dispatch(ops.activate, [x], activation)
  return { output, code }
}
