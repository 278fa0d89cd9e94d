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
import spectral from './ops/linear-algebra/eigh.ts'
import linearAlgebra from './ops/linear-algebra/family.ts'
import ordering from './ops/ordering/family.ts'
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
  ...ordering,
  ...activate,
  ...affine,
  ...codes,
  ...spectral,
  ...linearAlgebra,
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

/** Ops of which every backend has the kernel on board. */
export type CoreOp = Exclude<OpName, ViewOp | keyof typeof convolution>

/** Of those, ops that bring their kernels to `wasm`: texts that programs without them need not carry. */
type BroughtOp = keyof typeof spectral | keyof typeof linearAlgebra | keyof typeof ordering

/** Ops that `wasm` has on board. */
export type WasmOp = Exclude<CoreOp, BroughtOp>

/** Ops of families. */
export type FamilyOp = keyof typeof convolution | BroughtOp
