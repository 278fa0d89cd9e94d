import { type DType, machineEpsilon } from '../../dtype.ts'
import type { OpName } from '../../op-table.ts'
import type { Case } from '../../testing/case.ts'
import { termsOf } from './oracle.ts'
import { largest, smallest } from './verdict.ts'

/** The bounds of sums of terms; 0 for what must be NaN or infinite, NaN where sums leave the dtype's range. */
export function termBounds<N extends OpName>(
  op: N,
  c: Case<N>,
  dtype: DType,
  factor: number,
  output = 0,
): Float64Array {
  const { count, magnitude, holes } = termsOf(op, c, output)
  const [epsilon, least, most] = [machineEpsilon(dtype), smallest(dtype), largest(dtype)]
  return Float64Array.from(magnitude, (sum, i) => {
    if (!Number.isFinite(holes[i])) return 0
    return sum > most ? Number.NaN : factor * count * (epsilon * sum + least)
  })
}
