import type { DType } from '../../dtype.ts'
import { glslOf, type InputSpec, type InputStart, inputNames, type KernelBody } from './glsl/program.ts'
import type { KernelSettings } from './gpu-js.ts'
import { packingOf } from './texture-layout.ts'
import type { GpuBuffer, TextureStorage } from './texture-storage.ts'

/** A number that a kernel is given on each call: `user_<name>` in GLSL. */
export interface Uniform {
  readonly name: string
  readonly value: number
}

/** One call of a kernel. */
export interface KernelRun {
  /** Everything that the body's source depends on beside its inputs and outputs. */
  readonly key: string
  readonly inputs: readonly GpuBuffer[]
  /** The first, and further ones of the same dtype and size. */
  readonly outputs: readonly TextureStorage[]
  readonly uniforms?: readonly Uniform[]
  /** Called where no kernel of this name is kept. */
  readonly body: () => KernelBody
}

/** Where an input begins in its texture. */
export const startOf = ({ offset, storage }: GpuBuffer): InputStart =>
  offset === 0
    ? 'whole'
    : offset % 4 === 0 || packingOf(storage.dtype).perTexel === 1
      ? 'aligned'
      : 'anywhere'

/** A letter by dtype, for the names of kernels. */
const letters: Readonly<Record<DType, string>> = {
  float32: 'f',
  float64: 'd',
  int32: 'i',
  uint32: 'u',
  bool: 'b',
}

/** The name of a call's kernel: calls of one name have one source. */
export function nameOf({ key, inputs, outputs }: KernelRun): string {
  const [{ dtype, layout }] = outputs
  let name = `${key}|${letters[dtype]}${layout.shift}.${layout.height}.${outputs.length}`
  for (const input of inputs) {
    const { dtype, layout } = input.storage
    name += `|${letters[dtype]}${layout.shift}.${layout.height}${startOf(input)[1]}`
  }
  return name
}

/** The kernel of a call as gpu.js is told of it; `only` is the one output that it draws, all of them if left out. */
export function settingsOf(
  { inputs, outputs, uniforms = [], body }: KernelRun,
  only?: number,
): KernelSettings {
  const specs = inputs.map((input): InputSpec => {
    const { dtype, layout } = input.storage
    return { dtype, layout, start: startOf(input) }
  })
  const argumentTypes: Record<string, KernelSettings['argumentTypes'][string]> = {}
  specs.forEach(({ dtype, start }, k) => {
    argumentTypes[inputNames[k]] = `ArrayTexture(${packingOf(dtype).channels})`
    if (start !== 'whole') argumentTypes[`${inputNames[k]}At`] = 'Integer'
  })
  for (const { name } of uniforms) argumentTypes[name] = 'Float'
  const [{ dtype, layout }] = outputs
  return {
    output: [layout.width, layout.height],
    returnType: `Array(${packingOf(dtype).channels})`,
    argumentTypes,
    source: glslOf(specs, { dtype, layout }, body()),
    more: outputs.length - 1,
    only,
  }
}
