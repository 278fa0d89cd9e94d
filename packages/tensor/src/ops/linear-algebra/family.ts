import { linearAlgebraFamily as wasm } from '../../backends/wasm/kernels/linear-algebra.ts'
import { defineFamily } from '../../op.ts'
import { type MatrixFamily, rules } from './rules.ts'

/** Ops that factor, solve and apply functions to matrices, with their kernels: whoever imports one of them has those of all. */
const ops = /*#__PURE__*/ defineFamily<MatrixFamily>('linear-algebra', { wasm }, rules)
export default ops
