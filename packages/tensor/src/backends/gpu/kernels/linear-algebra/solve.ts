import { wholeOf } from '../../texture-storage.ts'
import type { GpuKernelOf } from '../kernel.ts'
import { eliminate } from './gauss-jordan.ts'

/** `A⁻¹B`, of `[A | B]` after the elimination its columns behind the first n. */
export const solve: GpuKernelOf<'solve'> = (runner, [a, b], [x]) => {
  if (x.size === 0) return
  const [n, m] = x.shape.slice(-2)
  const key = `solve ${n} ${m}`
  const system = { batch: x.size / (n * m), n, m }
  const matrix = eliminate(runner, key, [a.buffer, b.buffer], system, () => {})
  runner.run({
    key: `${key} result`,
    inputs: [wholeOf(matrix)],
    outputs: [x.buffer.storage],
    body: () => ({
      kind: 'element',
      source: `float element(int i) { return at_a(i / ${m} * ${n + m} + ${n} + i % ${m}); }`,
    }),
  })
  runner.release(matrix)
}
