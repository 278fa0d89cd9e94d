import { dispatch } from '../../dispatch.ts'
import { defineOps, type Spec } from '../../op.ts'
import { expectFloat, expectRank, same } from '../../op-checks.ts'
import {
  aBoolean,
  type OptionsOf,
  optionTable,
  type ResolvedOptionsOf,
  withDefault,
} from '../../option-table.ts'
import { broadcastShapes, formatShape, type Shape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'

/** The leading axes of a product. @throws naming both shapes. */
function batchOf(op: string, a: Spec, b: Spec): Shape {
  try {
    return broadcastShapes(op, a.shape.slice(0, -2), b.shape.slice(0, -2))
  } catch {
    throw new RangeError(
      `${op}: leading axes do not broadcast: ${formatShape(a.shape)} · ${formatShape(b.shape)}`,
    )
  }
}

const ops = /*#__PURE__*/ defineOps<{
  matmul: { readonly transposeA: boolean; readonly transposeB: boolean }
}>({
  matmul: {
    outputs(op, [a, b], { transposeA, transposeB }) {
      const dtype = same(op, a, b)
      expectFloat(op, a)
      expectRank(op, 'matrices', a, 2)
      expectRank(op, 'matrices', b, 2)
      const [m, k] = transposeA ? [a.shape.at(-1)!, a.shape.at(-2)!] : [a.shape.at(-2)!, a.shape.at(-1)!]
      const [inner, n] = transposeB ? [b.shape.at(-1)!, b.shape.at(-2)!] : [b.shape.at(-2)!, b.shape.at(-1)!]
      if (k !== inner) {
        const mark = (s: Spec, transposed: boolean) => `${formatShape(s.shape)}${transposed ? 'ᵀ' : ''}`
        throw new RangeError(
          `${op}: inner dimensions differ: ${mark(a, transposeA)} · ${mark(b, transposeB)}`,
        )
      }
      const lead = batchOf(op, a, b)
      return [{ shape: [...lead, m, n], dtype }]
    },
  },
})
export default ops

const matmulOptions = optionTable('matmul', {
  /** Whether the last two axes of the first factor change places before. Default false. */
  transposeA: withDefault(aBoolean, false),
  /** Whether those of the second factor do. Default false. */
  transposeB: withDefault(aBoolean, false),
})

/** The settings of {@link matmul}. */
export type MatmulOptions = OptionsOf<typeof matmulOptions>

const PLAIN = { transposeA: false, transposeB: false } as const

/** What the table resolves to, in 11 ns where nothing is wrong; the table takes 95, 4 % of a small op. */
function resolved(options: MatmulOptions | undefined): ResolvedOptionsOf<typeof matmulOptions> {
  if (options === undefined) return PLAIN
  for (const name in options) {
    const isKnown = name === 'transposeA' || name === 'transposeB'
    if (!isKnown || typeof options[name] !== 'boolean') return matmulOptions.resolve(options)
  }
  if (typeof options !== 'object' || options === null) return matmulOptions.resolve(options)
  return { transposeA: options.transposeA ?? false, transposeB: options.transposeB ?? false }
}

/**
 * Matrix product over the last two axes, batched over the leading ones, which broadcast.
 *
 * @throws RangeError if the inner dimensions differ; TypeError for an unknown option and what is neither true nor false.
 * @example
 * const [x, w] = [ones([16, 3]), ones([5, 3])]
 * matmul(x, w, { transposeB: true }).shape   // [16, 5]
 */
export const matmul = (a: Tensor, b: Tensor, options?: MatmulOptions): Tensor =>
  dispatch(ops.matmul, [a, b], resolved(options))[0]
