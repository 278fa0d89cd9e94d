import type { KernelBody } from '../../glsl/program.ts'
import type { Uniform } from '../../kernel-run.ts'
import type { Runner } from '../../runner.ts'
import type { GpuBuffer, TextureStorage } from '../../texture-storage.ts'

/** One pass into new float32 storages. */
export interface FloatPass {
  readonly key: string
  readonly inputs: readonly GpuBuffer[]
  /** Elements of an output. */
  readonly size: number
  readonly uniforms?: readonly Uniform[]
  /** GLSL that declares what the function that draws it asks for. */
  readonly source: () => string
}

/** Draws a new storage; `source` declares `float element(int i)`. */
export function drawFloats(
  runner: Runner,
  { key, inputs, size, uniforms, source }: FloatPass,
): TextureStorage {
  const to = runner.storage('float32', size)
  const body = (): KernelBody => ({ kind: 'element', source: source() })
  runner.run({ key, inputs, outputs: [to], uniforms, body })
  return to
}

/** Releases all of them. */
export function releaseAll(runner: Runner, storages: readonly TextureStorage[]): void {
  for (const storage of storages) runner.release(storage)
}
