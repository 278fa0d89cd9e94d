import type { None } from '../../../../op.ts'
import type { OpName, ViewOp } from '../../../../op-table.ts'
import type { GpuKernel } from '../kernel.ts'
import { map, type ScalarExpression } from './map.ts'

/** What an elementwise op without parameters computes: one expression, or one for float32 (`value`) and one for whole numbers and bools. */
export type ScalarRow = string | (ScalarExpression & { readonly whole?: string })

/** The kernels of elementwise ops, by their expressions. The first operand's dtype chooses among these. */
export function scalarKernels<N extends Exclude<OpName, ViewOp>>(
  rows: Readonly<Record<N, ScalarRow>>,
): Record<N, GpuKernel<None>> {
  const kernels = Object.entries<ScalarRow>(rows).map(([name, row]): [string, GpuKernel<None>] => {
    const float = typeof row === 'string' ? { value: row } : row
    const whole = { ...float, value: (typeof row === 'object' && row.whole) || float.value }
    return [
      name,
      (runner, inputs, [output]) =>
        map(runner, name, inputs, output, inputs[0].dtype === 'float32' ? float : whole),
    ]
  })
  return Object.fromEntries(kernels) as Record<N, GpuKernel<None>>
}
