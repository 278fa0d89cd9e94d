import { arrayTypes, type TypedArray } from '../../dtype.ts'
import type { GpuTexture } from './gpu-js.ts'
import type { Runner } from './runner.ts'
import { packingOf } from './texture-layout.ts'
import type { GpuBuffer, TextureStorage } from './texture-storage.ts'

/** Numbers as they lie in a texture, the last texels filled up with zeros. */
function packed(values: TypedArray, { dtype, layout }: TextureStorage): Float32Array {
  const { channels, perTexel } = packingOf(dtype)
  const out = new Float32Array(layout.width * layout.height * channels)
  if (perTexel === 4) {
    out.set(values)
    return out
  }
  for (let i = 0; i < values.length; i++) {
    const word = values[i] >>> 0
    out[2 * i] = word >>> 16
    out[2 * i + 1] = word & 65535
  }
  return out
}

/** The rows of a texture that hold elements `offset … offset + size − 1`, and where the first of them lies in those. */
interface Rows {
  readonly first: number
  readonly count: number
  readonly skip: number
}

function rowsOf({ storage, offset, size }: GpuBuffer): Rows {
  const { perTexel } = packingOf(storage.dtype)
  const { shift, width } = storage.layout
  const [from, to] = [Math.floor(offset / perTexel), Math.floor((offset + size - 1) / perTexel)]
  const first = from >> shift
  return { first, count: (to >> shift) - first + 1, skip: offset - first * width * perTexel }
}

/** The elements among texels, which WebGL reads as four floats each. */
function unpacked(texels: Float32Array, { storage, size }: GpuBuffer, { skip }: Rows): TypedArray {
  const { perTexel } = packingOf(storage.dtype)
  const out = new arrayTypes[storage.dtype](size)
  if (perTexel === 4) {
    out.set(texels.subarray(skip, skip + size))
    return out
  }
  for (let i = 0; i < size; i++) {
    const at = 4 * (skip + i)
    out[i] = texels[at] * 65536 + texels[at + 1]
  }
  return out
}

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
    const { traffic, library } = this.#runner.device
    traffic.uploads++
    traffic.uploadedElements += values.length
    const { width, height } = storage.layout
    const { channels } = packingOf(storage.dtype)
    this.#runner.replace(storage, library.upload(channels, width, height, packed(values, storage)))
  }

  /** Waits for the device, and keeps everybody else waiting. */
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

  /** Copies into a buffer of the device, which is read once a fence behind the copy has been passed. */
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
      await passed(gl)
      this.#expectNoError()
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, copy)
      gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, texels)
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null)
    } finally {
      gl.deleteBuffer(copy)
    }
    return unpacked(texels, buffer, rows)
  }

  /** @throws Error where the context is lost, or where WebGL has been unable to do something since the last look. */
  #expectNoError(): void {
    this.#runner.expectAlive()
    const code = this.#gl.getError()
    if (code === this.#gl.NO_ERROR) return
    const what = code === this.#gl.OUT_OF_MEMORY ? 'the device is out of memory' : `WebGL error ${code}`
    throw new Error(`gpu: ${what}: numbers computed since the last look may be wrong`)
  }

  #begin(buffer: GpuBuffer): Rows {
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
    // A texture that an idle framebuffer holds is not given back when it is deleted.
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, null, 0)
  }
}

/** Looks that are turns of the event loop; after them a timer waits in between, which leaves a software rasteriser its cores. */
const QUICK_LOOKS = 20

/** Resolves when the device has done all it was told so far. */
function passed(gl: WebGL2RenderingContext): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
  gl.flush()
  if (fence === null) return Promise.resolve()
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    let looks = 0
    const look = (): void => {
      const status = gl.isContextLost() ? gl.WAIT_FAILED : gl.clientWaitSync(fence, 0, 0)
      if (status === gl.TIMEOUT_EXPIRED) {
        if (++looks < QUICK_LOOKS) port2.postMessage(0)
        else setTimeout(look, 1)
        return
      }
      gl.deleteSync(fence)
      port1.close()
      resolve()
    }
    port1.onmessage = look
    port2.postMessage(0)
  })
}
