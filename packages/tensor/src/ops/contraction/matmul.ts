import { expectTensor } from '../../checks.ts'
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
import { reshape } from '../layout/reshape.ts'

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

/** What the op is given in the place of a vector, and how its axis leaves the product. @throws RangeError for a transposed vector. */
function withVectors(
  a: Tensor,
  b: Tensor,
  { transposeA, transposeB }: { transposeA: boolean; transposeB: boolean },
): Tensor {
  if ((a.rank === 1 && transposeA) || (b.rank === 1 && transposeB))
    throw new RangeError(
      `matmul: a vector has no two axes to change places: ${formatShape(a.shape)} · ${formatShape(b.shape)}`,
    )
  const inner = b.shape[b.rank === 1 ? 0 : b.rank - (transposeB ? 1 : 2)]
  if (a.shape[a.rank - (transposeA ? 2 : 1)] !== inner)
    throw new RangeError(`matmul: inner dimensions differ: ${formatShape(a.shape)} · ${formatShape(b.shape)}`)
  const left = a.rank === 1 ? reshape(a, [1, a.size]) : a
  const right = b.rank === 1 ? reshape(b, [b.size, 1]) : b
  const product = dispatch(ops.matmul, [left, right], { transposeA, transposeB })[0]
  const lead = product.shape.slice(0, -2)
  const [m, n] = product.shape.slice(-2)
  return reshape(product, [...lead, ...(a.rank === 1 ? [] : [m]), ...(b.rank === 1 ? [] : [n])])
}

/**
 * Matrix product over the last two axes, batched over the leading ones, which broadcast. A vector `[k]` is one row on the left and one column
 * on the right, without an axis for it in the result, as in NumPy: `[m, k] · [k]` is `[m]`, `[k] · [k, n]` is `[n]`, `[k] · [k]` a scalar.
 *
 * @throws RangeError if the inner dimensions differ, and for a vector that is to be transposed; TypeError for an unknown option and what is
 *   neither true nor false.
 * @example
 * const [x, w] = [ones([16, 3]), ones([5, 3])]
 * matmul(x, w, { transposeB: true }).shape   // [16, 5]
 * matmul(x, tensor([1, 0, 0])).shape   // [16]
 */
export function matmul(a: Tensor, b: Tensor, options?: MatmulOptions): Tensor {
  const params = resolved(options)
  if (a?.rank === 1 || b?.rank === 1) {
    expectTensor('matmul', a)
    expectTensor('matmul', b)
    if (a.rank > 0 && b.rank > 0) return withVectors(a, b, params)
  }
  return dispatch(ops.matmul, [a, b], params)[0]
}
