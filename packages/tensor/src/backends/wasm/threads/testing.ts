import { expect, vi } from 'vitest'
import { tensor } from '../../../creation.ts'
import { init } from '../../../init.ts'
import { type Shape, sizeOf } from '../../../shape.ts'
import type { Tensor } from '../../../tensor.ts'
import { draws } from '../../../testing/values.ts'

const POOL = 2 ** 20
const draw = draws(4)
const float64 = Float64Array.from({ length: POOL }, () => 4 * draw() - 2)
const pool = { float32: Float32Array.from(float64), float64 }

/** Numbers in [−2, 2), at most 2^19 of them: others for another place. */
export const numbers = (dtype: 'float32' | 'float64', shape: Shape, place = 0): Tensor => {
  const from = (place * 10_007) % (POOL / 2)
  return tensor(pool[dtype].subarray(from, from + sizeOf(shape)), { shape })
}

/** Holds what `f` computes on two threads against one thread, bit by bit; `f` makes its own tensors. */
export async function expectSameOnTwoThreads(f: () => readonly Tensor[]): Promise<void> {
  const compute = async (threads: number): Promise<Uint8Array[]> => {
    await init({ backend: 'wasm', relaxedSimd: false, threads })
    const results = f()
    const bytes = results.map((t) => new Uint8Array(t.dataSync().buffer))
    for (const t of results) t.dispose()
    return bytes
  }
  const alone = await compute(1)
  // Time stands still: on a busy machine threads would be given a rest, and nothing would be forked.
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0)
  const together = await compute(2).finally(() => clock.mockRestore())
  expect(together.length).toBe(alone.length)
  // Element by element the test runner takes seconds for a million.
  together.forEach((bytes, i) => expect(Buffer.compare(bytes, alone[i])).toBe(0))
}
