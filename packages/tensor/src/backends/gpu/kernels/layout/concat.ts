import { glslTypes, inputNames } from '../../glsl/program.ts'
import type { Runner } from '../../runner.ts'
import { wholeOf } from '../../texture-storage.ts'
import { around, drawElements, type GpuKernelOf, type GpuOperand } from '../kernel.ts'

/** Inputs of one kernel: WebGL2 promises 16 textures. */
const MOST_INPUTS = 8

/** Joins the rows of inputs; `widths` says how many elements each input has in a row of the output. */
function joinRows(
  runner: Runner,
  inputs: readonly GpuOperand[],
  widths: readonly number[],
  y: GpuOperand,
): void {
  drawElements(runner, `concat ${widths}`, inputs, y, () => {
    const row = widths.reduce((sum, width) => sum + width, 0)
    let from = 0
    const choices = widths.map((width, k) => {
      from += width
      const at = `at_${inputNames[k]}(r * ${width} + c - ${from - width})`
      return `  if (c < ${from}) return stored(${at});`
    })
    return `  int r = i / ${row};\n  int c = i % ${row};\n${choices.join('\n')}\n  return stored(${glslTypes[y.dtype]}(0));`
  })
}

/** More inputs than a kernel takes are joined in several passes, {@link MOST_INPUTS} at a time from the left. */
export const concat: GpuKernelOf<'concat'> = (runner, inputs, [y], { axis }) => {
  const [outer, , inner] = around(y.shape, axis, axis)
  let parts = inputs.filter((x) => x.size > 0)
  const width = (x: GpuOperand): number => x.size / Math.max(1, outer)
  const temporary: GpuOperand[] = []
  while (parts.length > MOST_INPUTS) {
    const some = parts.slice(0, MOST_INPUTS)
    const size = some.reduce((sum, x) => sum + x.size, 0)
    const storage = runner.storage(y.dtype, size)
    const joined = { buffer: wholeOf(storage), shape: [outer, size / outer], size, dtype: y.dtype }
    temporary.push(joined)
    joinRows(runner, some, some.map(width), joined)
    parts = [joined, ...parts.slice(MOST_INPUTS)]
  }
  if (inner > 0) joinRows(runner, parts, parts.map(width), y)
  for (const { buffer } of temporary) runner.release(buffer.storage)
}
