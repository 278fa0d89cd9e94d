import { identityActivation, lowerSlope } from '../../activation.ts'
import type { DType, TypedArray } from '../../dtype.ts'
import type { Case } from '../../testing/case.ts'
import type { Tolerance } from '../../testing/tolerance.ts'
import { oracle } from './oracle.ts'
import { termBounds } from './term-bounds.ts'
import { type Verdict, within } from './verdict.ts'

/** A state may differ where the pre-activation is within its rounding error of 0; codes agree with outputs always. */
export function checkAffine(
  c: Case<'affine'>,
  dtype: DType,
  [y, code]: readonly TypedArray[],
  [wantY, wantCode]: readonly TypedArray[],
  tolerance: Tolerance,
): Verdict {
  const { name } = c.params
  const factor = tolerance.kind === 'terms' ? tolerance.factor : 0
  const bounds = termBounds('affine', c, dtype, factor)
  const [pre] = oracle('affine', { ...c, params: identityActivation })
  const steepest = Math.max(1, Math.abs(lowerSlope(c.params)))
  const problem = within(y, wantY, (i) => steepest * bounds[i])
  if (problem !== undefined || name === 'identity') return problem
  const units = c.inputs[1].shape[0]
  const words = Math.ceil(units / 32)
  for (let i = 0; i < code.length; i++) {
    for (let bit = 0; bit < 32; bit++) {
      const unit = (i % words) * 32 + bit
      const at = Math.floor(i / words) * units + unit
      const [on, wantOn] = [code, wantCode].map((words_) => (words_[i] >>> bit) & 1)
      if (unit >= units) {
        if (on === 1) return `word ${i} of the code sets bit ${bit}, beyond ${units} units`
        continue
      }
      if (on !== wantOn && Math.abs(pre[at]) > bounds[at])
        return `state ${at} is ${on} at pre-activation ${pre[at]}, whose rounding error is at most ${bounds[at]}`
      if (on === 1 && !(y[at] > 0)) return `state ${at} is 1 where the output is ${y[at]}`
      if (on === 0 && name === 'relu' && y[at] > 0) return `state ${at} is 0 where the output is ${y[at]}`
    }
  }
  return undefined
}
