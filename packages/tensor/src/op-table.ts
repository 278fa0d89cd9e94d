import type { Op } from './op.ts'
import matmul from './ops/contraction/matmul.ts'
import convolution from './ops/convolution/family.ts'
import binary from './ops/elementwise/binary.ts'
import logic from './ops/elementwise/logic.ts'
import ternary from './ops/elementwise/ternary.ts'
import unary from './ops/elementwise/unary.ts'
import takeAndAdd from './ops/layout/along-axis.ts'
import axes from './ops/layout/axes.ts'
import broadcast from './ops/layout/broadcast.ts'
import indexing from './ops/layout/indexing.ts'
import join from './ops/layout/join.ts'
import pad from './ops/layout/pad.ts'
import reshape from './ops/layout/reshape.ts'
import slice from './ops/layout/slice.ts'
import cholesky from './ops/linear-algebra/cholesky.ts'
import determinant from './ops/linear-algebra/determinant.ts'
import expm from './ops/linear-algebra/expm.ts'
import spectral from './ops/linear-algebra/spectral.ts'
import systems from './ops/linear-algebra/systems.ts'
import sort from './ops/ordering/sort.ts'
import topKMask from './ops/ordering/top-k-mask.ts'
import activate from './ops/piecewise-affine/activate.ts'
import affine from './ops/piecewise-affine/affine.ts'
import codes from './ops/piecewise-affine/codes.ts'
import alongAxis from './ops/reduction/along-axis.ts'
import fold from './ops/reduction/fold.ts'
import linearRecurrence from './ops/reduction/linear-recurrence.ts'

const ops = {
  ...unary,
  ...binary,
  ...logic,
  ...ternary,
  ...fold,
  ...alongAxis,
  ...linearRecurrence,
  ...matmul,
  ...reshape,
  ...axes,
  ...broadcast,
  ...join,
  ...slice,
  ...pad,
  ...indexing,
  ...takeAndAdd,
  ...topKMask,
  ...sort,
  ...activate,
  ...affine,
  ...codes,
  ...cholesky,
  ...systems,
  ...determinant,
  ...spectral,
  ...expm,
  ...convolution,
}

/** The name of an op. */
export type OpName = keyof typeof ops

/** The parameters of each op. Inputs are tensors only; numbers are parameters. */
export type OpParams = {
  readonly [N in OpName]: (typeof ops)[N] extends Op<string, infer P> ? P : never
}

/**
 * Every op, by name. A file of ops makes them its default export, which `export *` of its functions passes by. Nothing that computes
 * imports this table: an op that a program does not use is left out of its bundle.
 */
export const opTable: { readonly [N in OpName]: Op<N, OpParams[N]> } = ops

/** Ops that never move a number and need no kernel. */
export type ViewOp = 'reshape' | 'stopGradient'

/** Ops of families, whose kernels come with them. */
export type FamilyOp = keyof typeof convolution

/** Ops that every backend carries a kernel of. */
export type CoreOp = Exclude<OpName, ViewOp | FamilyOp>
