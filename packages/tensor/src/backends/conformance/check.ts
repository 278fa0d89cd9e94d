import { arrayTypes, type DType, isFloat, machineEpsilon, type TypedArray } from '../../dtype.ts'
import type { OpName } from '../../op-params.ts'
import type { Case } from '../../testing/case.ts'
import type { Tolerance } from '../../testing/tolerance.ts'
import { checkAffine } from './check-affine.ts'
import { checkEigen } from './check-eigen.ts'
import { checkLogDet } from './check-log-det.ts'
import { oracle } from './oracle.ts'
import { termBounds } from './term-bounds.ts'
import { exactly, largestOf, smallest, type Verdict, within } from './verdict.ts'

/** Whether a result is what `reference` makes of the same inputs in float64. */
export function check<N extends OpName>(
  op: N,
  c: Case<N>,
  dtype: DType,
  got: readonly TypedArray[],
  tolerance: Tolerance,
): Verdict {
  const want = oracle(op, c)
  for (let i = 0; i < want.length; i++) {
    if (got[i].length !== want[i].length)
      return `output ${i} has ${got[i].length} elements, not ${want[i].length}`
  }
  if (op === 'affine') return checkAffine(c as Case<'affine'>, dtype, got, want, tolerance)
  if (op === 'eigh') return checkEigen(c as Case<'eigh'>, dtype, got, want, tolerance)
  if (op === 'logDet') return checkLogDet(c as Case<'logDet'>, dtype, got, want, tolerance)
  const [y] = want
  const rounded = isFloat(dtype) ? new arrayTypes[dtype](y) : y
  switch (tolerance.kind) {
    case 'ulps':
      return within(
        got[0],
        rounded,
        (i) =>
          tolerance.count * (machineEpsilon(dtype) * Math.abs(y[i]) + smallest(dtype)) +
          (tolerance.floor ?? 0),
      )
    case 'argument': {
      const [{ values }] = c.inputs
      return within(
        got[0],
        rounded,
        (i) => tolerance.count * machineEpsilon(dtype) * (Math.abs(y[i]) + Math.abs(values[i])),
      )
    }
    case 'terms': {
      if (!isFloat(dtype)) return exactly(got[0], y, false)
      const bounds = termBounds(op, c, dtype, tolerance.factor)
      return within(got[0], rounded, (i) => bounds[i])
    }
    case 'norm': {
      const [rows, columns] = c.inputs[c.inputs.length - 1].shape.slice(-2)
      const each = rows * columns
      return within(got[0], rounded, (i) => {
        const matrix = y.subarray(i - (i % each), i - (i % each) + each)
        const norm = largestOf(matrix)
        return tolerance.factor * rows * machineEpsilon(dtype) * norm
      })
    }
    default:
      return exactly(got[0], rounded, tolerance.kind === 'equal')
  }
}
