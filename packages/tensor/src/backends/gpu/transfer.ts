import { arrayTypes, type TypedArray } from '../../dtype.ts'
import { fencePassed } from './fence.ts'
import type { GpuTexture } from './gpu-js.ts'
import type { Runner } from './runner.ts'
import { packed, rowsOf, type TexelRows, unpacked } from './texel-values.ts'
import { packingOf } from './texture-layout.ts'
import type { GpuBuffer, TextureStorage } from './texture-storage.ts'

/** Moves numbers between host and device, and counts them. */
export class Transfer {
  readonly #runner: Runner
  readonly #gl: WebGL2RenderingContext
  readonly #framebuffer: WebGLFramebuffer
  /** Whether the device copies pixels into buffers of its own; headless GL does not. */
  readonly #hasPixelBuffers: boolean

  constructor(runner: Runner) {
    this.#runner = runner
    const gl = runner.device.gl
    this.#gl = gl
    this.#framebuffer = gl.createFramebuffer()
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null)
    this.#hasPixelBuffers = gl.getError() === gl.NO_ERROR
  }

  /** @throws Error where the context is lost. */
  upload(storage: TextureStorage, values: TypedArray): void {
    if (storage.size === 0) return
    this.#runner.expectAlive()
    const { traffic, gpuJs } = this.#runner.device
    traffic.uploads++
    traffic.uploadedElements += values.length
    const { width, height } = storage.layout
    const { channels } = packingOf(storage.dtype)
    this.#runner.replace(storage, gpuJs.upload(channels, width, height, packed(values, storage)))
  }

  /** Blocks the thread until the device has done all it was told. */
  readSync(buffer: GpuBuffer): TypedArray {
    if (buffer.size === 0) return new arrayTypes[buffer.storage.dtype](0)
    const rows = this.#begin(buffer)
    const texels = new Float32Array(buffer.storage.layout.width * rows.count * 4)
    this.#attached(buffer, (width) => {
      this.#gl.readPixels(0, rows.first, width, rows.count, this.#gl.RGBA, this.#gl.FLOAT, texels)
    })
    this.#expectNoError()
    return unpacked(texels, buffer, rows)
  }

  /** Has the device copy into a pixel buffer, and reads that once the fence behind the copy is passed; the thread stays free. */
  async read(buffer: GpuBuffer): Promise<TypedArray> {
    if (buffer.size === 0) return new arrayTypes[buffer.storage.dtype](0)
    const gl = this.#gl
    if (!this.#hasPixelBuffers) return this.readSync(buffer)
    const rows = this.#begin(buffer)
    const texels = new Float32Array(buffer.storage.layout.width * rows.count * 4)
    const copy = gl.createBuffer()
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, copy)
    gl.bufferData(gl.PIXEL_PACK_BUFFER, texels.byteLength, gl.STREAM_READ)
    this.#attached(buffer, (width) => {
      gl.readPixels(0, rows.first, width, rows.count, gl.RGBA, gl.FLOAT, 0)
    })
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null)
    try {
      await fencePassed(gl)
      this.#expectNoError()
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, copy)
      gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, texels)
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null)
    } finally {
      gl.deleteBuffer(copy)
    }
    return unpacked(texels, buffer, rows)
  }

  /** @throws Error where the context is lost, or where a call of WebGL has failed since the last read. */
  #expectNoError(): void {
    this.#runner.expectAlive()
    const code = this.#gl.getError()
    if (code === this.#gl.NO_ERROR) return
    const what = code === this.#gl.OUT_OF_MEMORY ? 'the device is out of memory' : `WebGL error ${code}`
    throw new Error(`gpu: ${what}: numbers computed since the last look may be wrong`)
  }

  #begin(buffer: GpuBuffer): TexelRows {
    this.#runner.expectAlive()
    const { traffic } = this.#runner.device
    traffic.readbacks++
    traffic.readElements += buffer.size
    return rowsOf(buffer)
  }

  #attached({ storage }: GpuBuffer, read: (width: number) => void): void {
    const gl = this.#gl
    const texture: GpuTexture = this.#runner.textureOf(storage)
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffer)
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture.texture, 0)
    read(storage.layout.width)
    // Detached, for a texture that a framebuffer holds keeps its memory when it is deleted.
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, null, 0)
  }
}
