import type { DType } from '../../dtype.ts'
import type { Device } from './device.ts'
import {
  glslOf,
  type InputSpec,
  type InputStart,
  inputNames,
  type KernelBody,
  type OutputSpec,
} from './glsl/program.ts'
import type { CompiledKernel, GpuTexture } from './gpu-js.ts'
import { Lru } from './lru.ts'
import { packingOf, textureLayoutOf } from './texture-layout.ts'
import type { GpuBuffer, TextureStorage } from './texture-storage.ts'

/**
 * Kernels kept: a step of a deep model runs some hundreds of different ones. One takes a megabyte of the driver's memory and 14 ms
 * (SwiftShader) or 36 ms (llvmpipe) to make.
 */
const KERNELS_KEPT = 1024

/** A number that a kernel is given on each call. */
export interface Uniform {
  readonly name: string
  readonly value: number
}

export interface KernelRun {
  /** Everything that the body's source depends on beside its inputs and outputs. */
  readonly key: string
  readonly inputs: readonly GpuBuffer[]
  /** The first, and further ones of the same dtype and size. */
  readonly outputs: readonly TextureStorage[]
  readonly uniforms?: readonly Uniform[]
  readonly body: () => KernelBody
}

const startOf = ({ offset, storage }: GpuBuffer): InputStart =>
  offset === 0
    ? 'whole'
    : offset % 4 === 0 || packingOf(storage.dtype).perTexel === 1
      ? 'aligned'
      : 'anywhere'

const letters: Readonly<Record<DType, string>> = {
  float32: 'f',
  float64: 'd',
  int32: 'i',
  uint32: 'u',
  bool: 'b',
}

/** Draws kernels, which it keeps by what they are made of. */
export class Runner {
  readonly device: Device
  readonly #kernels: Lru<CompiledKernel>
  readonly #empties = new Map<DType, GpuTexture>()
  /** Packs the words of a region code that has its states alone; set by who knows how. */
  packStates: (code: TextureStorage) => void = () => {}

  constructor(device: Device, kernelsKept = KERNELS_KEPT) {
    this.device = device
    this.#kernels = new Lru(kernelsKept, (kernel) => device.library.destroy(kernel))
  }

  get kernels(): number {
    return this.#kernels.size
  }

  /** Room for elements; its texture comes with the kernel that fills it. */
  storage(dtype: DType, size: number): TextureStorage {
    const layout = textureLayoutOf(dtype, size, this.device.description.longestSide)
    return { dtype, size, layout, texture: null, states: null }
  }

  /** The texture of a storage that has been filled. */
  textureOf(storage: TextureStorage): GpuTexture {
    if (storage.texture === null && storage.states !== null) this.packStates(storage)
    return storage.texture ?? this.#empty(storage)
  }

  release(storage: TextureStorage): void {
    if (storage.texture !== null) this.device.library.release(storage.texture)
    if (storage.states !== null) this.device.library.release(storage.states.texture)
    storage.texture = null
    storage.states = null
  }

  /** Another texture in the place of a storage's. */
  replace(storage: TextureStorage, texture: GpuTexture): void {
    this.release(storage)
    storage.texture = texture
  }

  /** The texture of one storage into another. */
  move(from: TextureStorage, to: TextureStorage): void {
    const { texture } = from
    from.texture = null
    if (texture !== null) this.replace(to, texture)
  }

  /** @throws Error where the context is lost. */
  run({ key, inputs, outputs, uniforms = [], body }: KernelRun): void {
    const [first] = outputs
    if (first.size === 0) return
    this.expectAlive()
    let name = `${key}|${letters[first.dtype]}${first.layout.shift}.${first.layout.height}.${outputs.length}`
    const values: (GpuTexture | number)[] = []
    for (const input of inputs) {
      const { storage, offset } = input
      const start = startOf(input)
      name += `|${letters[storage.dtype]}${storage.layout.shift}.${storage.layout.height}${start[1]}`
      values.push(this.textureOf(storage))
      if (start !== 'whole') values.push(offset)
    }
    for (const { value } of uniforms) values.push(value)
    const draw = (only?: number): GpuTexture | Readonly<Record<string, GpuTexture>> => {
      const make = () => this.#make(inputs, outputs, uniforms, body(), only)
      return this.#kernels.take(only === undefined ? name : `${name}#${only}`, make)(...values)
    }
    if (outputs.length === 1) {
      this.replace(first, draw() as GpuTexture)
      return
    }
    // An output may take the place of an input: all are drawn before the first is put anywhere.
    const parts = this.device.drawsSeveral ? (draw() as Readonly<Record<string, GpuTexture>>) : null
    const textures = outputs.map((_, k) =>
      parts === null ? (draw(k) as GpuTexture) : parts[k === 0 ? 'result' : `part${k}`],
    )
    outputs.forEach((output, k) => {
      this.replace(output, textures[k])
    })
  }

  expectAlive(): void {
    if (!this.device.isLost) return
    throw new Error(
      `gpu: the WebGL context was lost, and with it the numbers of every tensor on the device: ${this.device.description.renderer}; call init({ backend: 'gpu' }) again and make tensors, models and optimizers anew`,
    )
  }

  #make(
    inputs: readonly GpuBuffer[],
    outputs: readonly TextureStorage[],
    uniforms: readonly Uniform[],
    body: KernelBody,
    only: number | undefined,
  ): CompiledKernel {
    const specs = inputs.map(
      (input): InputSpec => ({
        dtype: input.storage.dtype,
        layout: input.storage.layout,
        start: startOf(input),
      }),
    )
    const [first] = outputs
    const output: OutputSpec = { dtype: first.dtype, layout: first.layout }
    const argumentTypes: Record<string, 'ArrayTexture(4)' | 'ArrayTexture(2)' | 'Integer' | 'Float'> = {}
    specs.forEach(({ dtype, start }, k) => {
      argumentTypes[inputNames[k]] = `ArrayTexture(${packingOf(dtype).channels})`
      if (start !== 'whole') argumentTypes[`${inputNames[k]}At`] = 'Integer'
    })
    for (const uniform of uniforms) argumentTypes[uniform.name] = 'Float'
    return this.device.library.create({
      output: [first.layout.width, first.layout.height],
      returnType: `Array(${packingOf(first.dtype).channels})`,
      argumentTypes,
      source: glslOf(specs, output, body),
      more: outputs.length - 1,
      only,
    })
  }

  /** What stands for a tensor of no elements. */
  #empty({ dtype, size, layout }: TextureStorage): GpuTexture {
    if (size > 0) throw new Error(`gpu: expected ${size} × ${dtype}, got memory that nothing has filled`)
    const known = this.#empties.get(dtype)
    if (known !== undefined) return known
    const { channels } = packingOf(dtype)
    const values = new Float32Array(layout.width * layout.height * channels)
    const made = this.device.library.upload(channels, layout.width, layout.height, values)
    this.#empties.set(dtype, made)
    return made
  }
}
