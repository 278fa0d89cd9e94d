import type { TypedArray } from '../../dtype.ts'
import type { KernelOperand } from '../../kernel-operand.ts'

/** Sums in float64, rounded once. */
export function addUp(out: KernelOperand<TypedArray>, add: (totals: Float64Array) => void): void {
  const totals = new Float64Array(out.size)
  add(totals)
  out.buffer.set(totals)
}
