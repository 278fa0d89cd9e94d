import { elementwiseRows } from './op-rows/elementwise.ts'
import { layoutRows } from './op-rows/layout.ts'
import { linearAlgebraRows } from './op-rows/linear-algebra.ts'
import { piecewiseAffineRows } from './op-rows/piecewise-affine.ts'
import { reductionRows } from './op-rows/reduction.ts'
import type { OpTable } from './op-rows/row.ts'

/** Name → shape and dtype of every output; this is where shape errors are made. A missing row is a compile error. */
export const opTable: OpTable = {
  ...elementwiseRows,
  ...reductionRows,
  ...linearAlgebraRows,
  ...layoutRows,
  ...piecewiseAffineRows,
}
