import type { Runner } from '../../runner.ts'
import type { GpuBuffer, TextureStorage } from '../../texture-storage.ts'
import { multiply } from '../contraction/multiply.ts'

/** The products of `count` pairs of n × n matrices, in a new storage that the caller releases. */
export function multiplySquare(
  runner: Runner,
  count: number,
  n: number,
  left: GpuBuffer,
  right: GpuBuffer,
  transposed: { readonly transposeA?: boolean; readonly transposeB?: boolean } = {},
): TextureStorage {
  const size = count * n * n
  const matrices = { shape: [count, n, n], size, dtype: 'float32' } as const
  const to = runner.storage('float32', size)
  multiply(runner, {
    ...{ a: { ...matrices, buffer: left }, b: { ...matrices, buffer: right }, m: n, n, k: n },
    ...{ ...transposed, lead: [count], to: [to] },
  })
  return to
}
