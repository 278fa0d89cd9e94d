import { expectCount } from '../../checks.ts'
import { STATES_PER_WORD } from '../../code-words.ts'
import { dispatch } from '../../dispatch.ts'
import { defineOps, NONE, type None } from '../../op.ts'
import { expectRank } from '../../op-checks.ts'
import { formatShape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

const ops = /*#__PURE__*/ defineOps<{
  packStates: None
  unpackStates: { readonly units: number }
  countDifferingStates: None
}>({
  packStates: {
    outputs(op, [states]) {
      if (states.dtype !== 'bool') throw new TypeError(`${op}: expected bool states, got ${states.dtype}`)
      expectRank(op, 'states', states, 1)
      return [
        {
          shape: [...states.shape.slice(0, -1), Math.ceil(states.shape.at(-1)! / STATES_PER_WORD)],
          dtype: 'uint32',
        },
      ]
    },
  },
  unpackStates: {
    outputs(op, [code], { units }) {
      expectCount(op, 'units', units, 0)
      const words = Math.ceil(units / STATES_PER_WORD)
      if (code.dtype !== 'uint32' || code.shape.at(-1) !== words) {
        throw new RangeError(
          `${op}: expected a uint32 code [..., ${words}] for ${units} units, got ${formatShape(code.shape)} ${code.dtype}`,
        )
      }
      return [{ shape: [...code.shape.slice(0, -1), units], dtype: 'bool' }]
    },
  },
  countDifferingStates: {
    outputs(op, [a, b]) {
      if (a.dtype !== 'uint32' || b.dtype !== 'uint32') {
        throw new TypeError(`${op}: expected uint32 codes, got ${a.dtype} and ${b.dtype}`)
      }
      if (formatShape(a.shape) !== formatShape(b.shape) || a.shape.length === 0) {
        throw new RangeError(
          `${op}: codes differ in shape: ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
        )
      }
      return [{ shape: a.shape.slice(0, -1), dtype: 'int32' }]
    },
  },
})
export default ops

/** Bool `[..., units]` to a uint32 code `[..., ⌈units / 32⌉]`. */
export const packStates = (states: Tensor): Tensor => dispatch(ops.packStates, [states], NONE)[0]

/** The inverse of {@link packStates}. */
export const unpackStates = (code: Tensor, units: number): Tensor =>
  dispatch(ops.unpackStates, [code], { units })[0]

/** How many units differ between two codes `[..., words]`: int32 `[...]`. */
export const countDifferingStates = (a: Tensor, b: Tensor): Tensor =>
  dispatch(ops.countDifferingStates, [a, b], NONE)[0]
