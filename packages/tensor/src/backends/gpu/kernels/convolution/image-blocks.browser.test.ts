import { expect, it } from 'vitest'
import { Device } from '../../device.ts'
import { Runner } from '../../runner.ts'
import { wholeOf } from '../../texture-storage.ts'
import { Transfer } from '../../transfer.ts'
import { drawElements, temporary } from '../kernel.ts'
import { inBlocks } from './image-blocks.ts'

it('images whose columns would be too many are drawn block by block, to the same numbers', async () => {
  const runner = new Runner(await Device.open())
  const transfer = new Transfer(runner)
  // Seven images of five elements: blocks that begin inside of a texel.
  const x = temporary(runner, [7, 5])
  const values = Float32Array.from({ length: 35 }, (_, i) => i)
  transfer.upload(x.buffer.storage, values)
  for (const [most, blocks] of [
    [100, [7]],
    [30, [3, 3, 1]],
    [10, [1, 1, 1, 1, 1, 1, 1]],
    [1, [1, 1, 1, 1, 1, 1, 1]],
  ] as const) {
    const y = temporary(runner, [7, 5])
    const drawn: number[] = []
    inBlocks(
      runner,
      [x],
      y,
      10,
      ([part], out) => {
        drawn.push(part.shape[0])
        drawElements(runner, 'twice', [part], out, () => '  return stored(2.0 * at_a(i));')
      },
      most,
    )
    expect(drawn).toEqual(blocks)
    expect(transfer.readSync(wholeOf(y.buffer.storage))).toEqual(values.map((v) => 2 * v))
  }
})
