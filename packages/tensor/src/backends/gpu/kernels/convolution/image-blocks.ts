import type { Runner } from '../../runner.ts'
import { type GpuOperand, temporary } from '../kernel.ts'
import { concat } from '../layout/concat.ts'

/** Elements that the columns of windows have at most: 128 MB. Of more, blocks of images are drawn one after another. */
export const MOST_COLUMNS = 2 ** 25

/** Images `from` … `to` of such, in their memory. */
function imagesOf(x: GpuOperand, from: number, to: number): GpuOperand {
  const each = x.size / x.shape[0]
  const size = (to - from) * each
  const { storage, offset } = x.buffer
  const shape = x.shape.with(0, to - from)
  return { dtype: x.dtype, shape, size, buffer: { storage, offset: offset + from * each, size } }
}

/**
 * Draws what becomes of images, one block of them after another.
 *
 * @param inputs have as many images as the output
 * @param columns elements of the columns of one image
 */
export function inBlocks(
  runner: Runner,
  inputs: readonly GpuOperand[],
  y: GpuOperand,
  columns: number,
  draw: (inputs: readonly GpuOperand[], y: GpuOperand) => void,
  most = MOST_COLUMNS,
): void {
  const count = y.shape[0]
  const block = Math.max(1, Math.floor(most / Math.max(1, columns)))
  if (count <= block) {
    draw(inputs, y)
    return
  }
  const parts: GpuOperand[] = []
  for (let from = 0; from < count; from += block) {
    const to = Math.min(count, from + block)
    const part = temporary(runner, y.shape.with(0, to - from))
    draw(
      inputs.map((x) => imagesOf(x, from, to)),
      part,
    )
    parts.push(part)
  }
  concat(runner, parts, [y], { axis: 0 })
  for (const { buffer } of parts) runner.release(buffer.storage)
}
