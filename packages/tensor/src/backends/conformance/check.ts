import { arrayTypes, type DType, isFloat, machineEpsilon, type TypedArray } from '../../dtype.ts'
import type { OpName } from '../../op-table.ts'
import { opTable } from '../../op-table.ts'
import type { Case } from '../../testing/case.ts'
import type { Tolerance } from '../../testing/tolerance.ts'
import { checkAffine } from './check-affine.ts'
import { checkEigen } from './check-eigen.ts'
import { checkLogDet } from './check-log-det.ts'
import { oracle } from './oracle.ts'
import { termBounds } from './term-bounds.ts'
import { exactly, largestOf, smallest, type Verdict, within } from './verdict.ts'

type Check<N extends OpName> = (
  c: Case<N>,
  dtype: DType,
  got: readonly TypedArray[],
  want: readonly TypedArray[],
  tolerance: Tolerance,
) => Verdict

/** Ops whose outputs depend on each other, or are not unique. */
const ownChecks: { readonly [N in OpName]?: Check<N> } = {
  affine: checkAffine,
  eigh: checkEigen,
  logDet: checkLogDet,
}

/**
 * Whether results are what `reference` makes of the same inputs in float64: outputs of floats within the tolerance, others exactly.
 *
 * @param dtype of the first output
 */
export function check<N extends OpName>(
  op: N,
  c: Case<N>,
  dtype: DType,
  got: readonly TypedArray[],
  tolerance: Tolerance,
): Verdict {
  const want = oracle(op, c)
  for (let k = 0; k < want.length; k++) {
    if (got[k].length !== want[k].length)
      return `output ${k} has ${got[k].length} elements, not ${want[k].length}`
  }
  const own = ownChecks[op] as Check<N> | undefined
  if (own !== undefined) return own(c, dtype, got, want, tolerance)
  const specs = opTable[op].outputs(op, c.inputs, c.params)
  for (let k = 0; k < want.length; k++) {
    const problem = checkOutput(op, c, k, specs[k].dtype, got[k], want[k], tolerance)
    if (problem !== undefined) return want.length === 1 ? problem : `output ${k}: ${problem}`
  }
  return undefined
}

function checkOutput<N extends OpName>(
  op: N,
  c: Case<N>,
  k: number,
  dtype: DType,
  got: TypedArray,
  want: TypedArray,
  tolerance: Tolerance,
): Verdict {
  if (!isFloat(dtype)) return exactly(got, want, false)
  const rounded = new arrayTypes[dtype](want)
  const epsilon = machineEpsilon(dtype)
  switch (tolerance.kind) {
    case 'ulps': {
      const { count, floor = 0 } = tolerance
      return within(got, rounded, (i) => count * (epsilon * Math.abs(want[i]) + smallest(dtype)) + floor)
    }
    case 'argument': {
      const [{ values }] = c.inputs
      return within(
        got,
        rounded,
        (i) => tolerance.count * epsilon * (Math.abs(want[i]) + Math.abs(values[i])),
      )
    }
    case 'terms': {
      const bounds = termBounds(op, c, dtype, tolerance.factor, k)
      return within(got, rounded, (i) => bounds[i])
    }
    case 'norm': {
      const [rows, columns] = c.inputs[c.inputs.length - 1].shape.slice(-2)
      const each = rows * columns
      return within(got, rounded, (i) => {
        const first = i - (i % each)
        return tolerance.factor * rows * epsilon * largestOf(want.subarray(first, first + each))
      })
    }
    default:
      return exactly(got, rounded, tolerance.kind === 'equal')
  }
}
