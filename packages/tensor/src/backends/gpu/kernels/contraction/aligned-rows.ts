import type { Runner } from '../../runner.ts'
import { drawElements, type GpuOperand, temporary } from '../kernel.ts'

/**
 * The same matrices with rows that begin with a texel: the operand itself where they do, otherwise a copy, which the caller releases,
 * whose rows are filled up with zeros to a multiple of four.
 */
export function alignedRows(runner: Runner, x: GpuOperand): GpuOperand {
  const columns = x.shape[x.shape.length - 1]
  if (columns % 4 === 0 && x.buffer.offset % 4 === 0) return x
  const aligned = Math.ceil(columns / 4) * 4
  const y = temporary(runner, x.shape.with(-1, aligned))
  drawElements(
    runner,
    `alignedRows ${columns}`,
    [x],
    y,
    () => `  int c = i % ${aligned};
  return stored(c < ${columns} ? at_a(i / ${aligned} * ${columns} + c) : 0.0);`,
  )
  return y
}
