import type { DType } from '../../dtype.ts'
import type { Device } from './device.ts'
import type { CompiledKernel, GpuTexture } from './gpu-js.ts'
import { type KernelRun, nameOf, settingsOf } from './kernel-run.ts'
import { Lru } from './lru.ts'
import { packingOf, textureLayoutOf } from './texture-layout.ts'
import type { TextureStorage } from './texture-storage.ts'

/**
 * Kernels kept: a step of a deep model runs some hundreds of different ones. One takes a megabyte of the driver's memory and 14 ms
 * (SwiftShader) or 36 ms (llvmpipe) to make.
 */
const KERNELS_KEPT = 1024

/** Draws kernels, which it keeps by what they are made of. */
export class Runner {
  readonly device: Device
  readonly #kernels: Lru<CompiledKernel>
  readonly #empties = new Map<DType, GpuTexture>()
  /** Packs the words of a region code that has its states alone; set by who knows how. */
  packStates: (code: TextureStorage) => void = () => {}

  constructor(device: Device, kernelsKept = KERNELS_KEPT) {
    this.device = device
    this.#kernels = new Lru(kernelsKept, (kernel) => device.gpuJs.destroy(kernel))
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
    if (storage.texture !== null) this.device.gpuJs.release(storage.texture)
    if (storage.states !== null) this.device.gpuJs.release(storage.states.texture)
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

  /**
   * Draws the outputs of a kernel into new textures, which take the place of those that the outputs have.
   *
   * @throws Error where the context is lost.
   */
  run(call: KernelRun): void {
    const { inputs, outputs, uniforms = [] } = call
    const [first] = outputs
    if (first.size === 0) return
    this.expectAlive()
    const name = nameOf(call)
    const values: (GpuTexture | number)[] = []
    for (const input of inputs) {
      values.push(this.textureOf(input.storage))
      if (input.offset !== 0) values.push(input.offset)
    }
    for (const { value } of uniforms) values.push(value)
    const draw = (only?: number): GpuTexture | Readonly<Record<string, GpuTexture>> => {
      const make = () => this.device.gpuJs.create(settingsOf(call, only))
      return this.#kernels.take(only === undefined ? name : `${name}#${only}`, make)(...values)
    }
    if (outputs.length === 1) {
      this.replace(first, draw() as GpuTexture)
      return
    }
    // An output may take the place of an input: all are drawn before the first is put anywhere.
    const all = this.device.drawsSeveral ? (draw() as Readonly<Record<string, GpuTexture>>) : null
    const textures = outputs.map((_, k) =>
      all === null ? (draw(k) as GpuTexture) : all[k === 0 ? 'result' : `part${k}`],
    )
    outputs.forEach((output, k) => {
      this.replace(output, textures[k])
    })
  }

  /** @throws Error where the context is lost. */
  expectAlive(): void {
    if (!this.device.isLost) return
    throw new Error(
      `gpu: the WebGL context was lost, and with it the numbers of every tensor on the device: ${this.device.description.renderer}; call init({ backend: 'gpu' }) again and make tensors, models and optimizers anew`,
    )
  }

  /** What stands for a tensor of no elements. */
  #empty({ dtype, size, layout }: TextureStorage): GpuTexture {
    if (size > 0) throw new Error(`gpu: expected ${size} × ${dtype}, got memory that nothing has filled`)
    const known = this.#empties.get(dtype)
    if (known !== undefined) return known
    const { channels } = packingOf(dtype)
    const values = new Float32Array(layout.width * layout.height * channels)
    const made = this.device.gpuJs.upload(channels, layout.width, layout.height, values)
    this.#empties.set(dtype, made)
    return made
  }
}
