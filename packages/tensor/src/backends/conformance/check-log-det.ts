import { arrayTypes, type DType, machineEpsilon, type TypedArray } from '../../dtype.ts'
import type { Case } from '../../testing/case.ts'
import type { Tolerance } from '../../testing/tolerance.ts'
import { exactly, type Verdict, within } from './verdict.ts'

/** Signs as those of `reference`; logarithms within what the errors of n pivots make of them, and their own rounding. */
export function checkLogDet(
  c: Case<'logDet'>,
  dtype: DType,
  [signs, logarithms]: readonly TypedArray[],
  [wantSigns, wantLogarithms]: readonly TypedArray[],
  tolerance: Tolerance,
): Verdict {
  const n = c.inputs[0].shape[c.inputs[0].shape.length - 1]
  const precision = (tolerance.kind === 'norm' ? tolerance.factor : 0) * n * machineEpsilon(dtype)
  const rounded = dtype === 'float32' ? new arrayTypes.float32(wantLogarithms) : wantLogarithms
  return (
    exactly(signs, wantSigns, false) ??
    within(logarithms, rounded, (i) => precision * (1 + Math.abs(wantLogarithms[i])))
  )
}
