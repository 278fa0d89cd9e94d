import type { KernelBody } from '../../glsl/program.ts'
import type { Runner } from '../../runner.ts'
import { type GpuBuffer, type TextureStorage, wholeOf } from '../../texture-storage.ts'
import type { FloatPass } from './float-pass.ts'

/**
 * Matrices `[batch, 4 · groups, width]`, `width` a multiple of four, as four storages `[batch, groups, width]`: row 4g + s is row g of
 * storage s. A thread draws four rows by four columns at once, a storage an output: no device has fewer than four.
 */
export type RowQuads = readonly [TextureStorage, TextureStorage, TextureStorage, TextureStorage]

/** The buffers of the four storages. */
export const buffersOfQuads = (quads: RowQuads): GpuBuffer[] => quads.map(wholeOf)

/** Draws new quads; `source` declares `vec4 texel(int i)`, which returns elements i … i + 3 of the first storage and sets `more1` … `more3`. */
export function drawQuads(runner: Runner, { key, inputs, size, uniforms, source }: FloatPass): RowQuads {
  const storage = (): TextureStorage => runner.storage('float32', size)
  const outputs: RowQuads = [storage(), storage(), storage(), storage()]
  const body = (): KernelBody => ({ kind: 'texel', source: source() })
  runner.run({ key, inputs, outputs, uniforms, body })
  return outputs
}

/** GLSL: element i of the storage that holds row `row`, of quads that are the inputs a … d. */
export const atRowSource = `float at_row(int row, int i) {
  int slot = row & 3;
  return slot == 0 ? at_a(i) : slot == 1 ? at_b(i) : slot == 2 ? at_c(i) : at_d(i);
}
`

/** GLSL: `vec4 texel(int i)` of quads `[batch, 4 · groups, width]`, of a source that declares `float entry(int b, int r, int c)`. */
export const entriesSource = (entry: string, groups: number, width: number): string => `${entry}
vec4 entries(int b, int r, int c) {
  vec4 four;
  for (int k = 0; k < 4; k++) four[k] = entry(b, r, c + k);
  return four;
}
vec4 texel(int i) {
  int c = i % ${width};
  int r = i / ${width} % ${groups} * 4;
  int b = i / ${width * groups};
  more1 = entries(b, r + 1, c);
  more2 = entries(b, r + 2, c);
  more3 = entries(b, r + 3, c);
  return entries(b, r, c);
}`
