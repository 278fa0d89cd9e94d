import { orderingFamily as wasm } from '../../backends/wasm/kernels/ordering.ts'
import { defineFamily } from '../../op.ts'
import { type OrderingFamily, rules } from './rules.ts'

/** Ops that compare the elements of a row, with their kernels. */
const ops = /*#__PURE__*/ defineFamily<OrderingFamily>('ordering', { wasm }, rules)
export default ops
