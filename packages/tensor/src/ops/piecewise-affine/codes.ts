import { describe, expectCount } from '../../checks.ts'
import { wordsOf } from '../../code-words.ts'
import { dispatch } from '../../dispatch.ts'
import { defineOps } from '../../op.ts'
import { expectRank } from '../../op-checks.ts'
import { formatShape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

/** Bits that each unit has in a code: ⌈log₂⌉ of the number of its states. */
export interface Bits {
  readonly bits: number
}

/** States are int32. */
const MOST_BITS = 31

function expectBits(op: string, bits: number): void {
  if (Number.isInteger(bits) && bits >= 0 && bits <= MOST_BITS) return
  throw new RangeError(`${op}: bits: expected an integer in 0 … ${MOST_BITS}, got ${describe(bits)}`)
}

const ops = /*#__PURE__*/ defineOps<{
  packStates: Bits
  unpackStates: Bits & { readonly units: number }
  countDifferingStates: Bits
}>({
  packStates: {
    outputs(op, [states], { bits }) {
      expectBits(op, bits)
      if (states.dtype !== 'bool' && states.dtype !== 'int32')
        throw new TypeError(`${op}: expected bool or int32 states, got ${states.dtype}`)
      expectRank(op, 'states', states, 1)
      const words = wordsOf(states.shape.at(-1)!, bits)
      return [{ shape: [...states.shape.slice(0, -1), words], dtype: 'uint32' }]
    },
  },
  unpackStates: {
    outputs(op, [code], { units, bits }) {
      expectCount(op, 'units', units, 0)
      expectBits(op, bits)
      const words = wordsOf(units, bits)
      if (code.dtype !== 'uint32' || code.shape.at(-1) !== words) {
        const of = bits === 1 ? `${units} units` : `${units} units of ${bits} bits`
        throw new RangeError(
          `${op}: expected a uint32 code [..., ${words}] for ${of}, got ${formatShape(code.shape)} ${code.dtype}`,
        )
      }
      return [{ shape: [...code.shape.slice(0, -1), units], dtype: 'int32' }]
    },
  },
  countDifferingStates: {
    outputs(op, [a, b], { bits }) {
      expectBits(op, bits)
      if (a.dtype !== 'uint32' || b.dtype !== 'uint32') {
        throw new TypeError(`${op}: expected uint32 codes, got ${a.dtype} and ${b.dtype}`)
      }
      if (formatShape(a.shape) !== formatShape(b.shape) || a.shape.length === 0) {
        throw new RangeError(
          `${op}: codes differ in shape: ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
        )
      }
      const words = a.shape.at(-1)!
      if (bits === 0 ? words > 0 : words % bits > 0)
        throw new RangeError(
          `${op}: expected planes of equal length for ${bits} bits, got codes ${formatShape(a.shape)}`,
        )
      return [{ shape: a.shape.slice(0, -1), dtype: 'int32' }]
    },
  },
})
export default ops

/**
 * A region code of the states of units. Bit p of a state stands in plane p of the code, ⌈units / 32⌉ words behind plane p − 1: unit u is
 * bit `u & 31` of word `u >> 5` of each plane.
 *
 * @param states bool or int32 `[..., units]`, each below 2^bits: higher bits are dropped
 * @param bits of a unit, `bitsOf(states)`; with none, units have one state and the code no words
 * @returns uint32 `[..., bits · ⌈units / 32⌉]`
 * @throws TypeError for other dtypes; RangeError for bits that are no integer in 0 … 31
 * @example packStates(tensor([[2, 0, 3]], { dtype: 'int32' }), 2).toArray()   // [[0b100, 0b101]]: low bits, high bits
 */
export const packStates = (states: Tensor, bits = 1): Tensor =>
  dispatch(ops.packStates, [states], { bits })[0]

/**
 * The states in a region code: the inverse of {@link packStates}.
 *
 * @param code uint32 `[..., bits · ⌈units / 32⌉]`
 * @returns int32 `[..., units]`
 * @throws RangeError for a code of another number of words
 * @example unpackStates(tensor([[0b100, 0b101]], { dtype: 'uint32' }), 3, 2).toArray()   // [[2, 0, 3]]
 */
export const unpackStates = (code: Tensor, units: number, bits = 1): Tensor =>
  dispatch(ops.unpackStates, [code], { units, bits })[0]

/**
 * How many units are in another state, however many of their bits differ.
 *
 * @param a uint32 `[..., bits · words]`, as `b`
 * @returns int32 `[...]`
 * @throws RangeError for codes of different shapes, or whose words are no `bits` planes
 * @example
 * const [a, b] = [[2, 0, 3], [1, 0, 3]].map((row) => packStates(tensor([row], { dtype: 'int32' }), 2))
 * countDifferingStates(a, b, 2).toArray()   // [1]
 */
export const countDifferingStates = (a: Tensor, b: Tensor, bits = 1): Tensor =>
  dispatch(ops.countDifferingStates, [a, b], { bits })[0]
