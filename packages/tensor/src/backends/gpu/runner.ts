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

/** Makes kernels, keeps them by name, and draws them into the textures of storages. */
export class Runner {
  readonly device: Device
  readonly #kernels: Lru<CompiledKernel>
  readonly #empties = new Map<DType, GpuTexture>()
  /** Packs the words of a region code that has only its states. The backend sets it: it takes a kernel. */
  packStates: (code: TextureStorage) => void = () => {}

  constructor(device: Device, kernelsKept = KERNELS_KEPT) {
    this.device = device
    this.#kernels = new Lru(kernelsKept, (kernel) => device.gpuJs.destroy(kernel))
  }

  /** How many kernels are kept. */
  get kernels(): number {
    return this.#kernels.size
  }

  /** A storage for so many elements. It has no texture before a kernel or an upload gives it one. */
  storage(dtype: DType, size: number): TextureStorage {
    const layout = textureLayoutOf(dtype, size, this.device.description.longestSide)
    return { dtype, size, layout, texture: null, states: null }
  }

  /**
   * The texture of a storage.
   *
   * @throws Error where it has elements, and nothing has been drawn or uploaded.
   */
  textureOf(storage: TextureStorage): GpuTexture {
    if (storage.texture === null && storage.states !== null) this.packStates(storage)
    return storage.texture ?? this.#empty(storage)
  }

  /** Gives the textures of a storage back; it can be filled again. */
  release(storage: TextureStorage): void {
    if (storage.texture !== null) this.device.gpuJs.release(storage.texture)
    if (storage.states !== null) this.device.gpuJs.release(storage.states.texture)
    storage.texture = null
    storage.states = null
  }

  /** Puts a texture into a storage, and gives its old ones back. */
  replace(storage: TextureStorage, texture: GpuTexture): void {
    this.release(storage)
    storage.texture = texture
  }

  /** Moves the texture of one storage into another. */
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
    // An output may be an input as well: all are drawn before the first is replaced.
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

  /** The texture that kernels are given for a tensor without elements; one a dtype. */
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
