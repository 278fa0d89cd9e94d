import type { DeviceDescription } from '../../backend.ts'
import { openContext } from './contexts.ts'
import type { GpuJs } from './gpu-js.ts'
import { loadGpuJs } from './load-gpu-js.ts'
import { type Renderer, rendererOf } from './software.ts'

/** How often, and how many elements, have been moved between host and device. */
export interface GpuTraffic {
  uploads: number
  uploadedElements: number
  readbacks: number
  readElements: number
}

const noTraffic: GpuTraffic = {
  uploads: 0,
  uploadedElements: 0,
  readbacks: 0,
  readElements: 0,
}

/** Textures of a context that exist at this moment: gpu.js makes and deletes some of its own. */
function countTextures(gl: WebGL2RenderingContext): () => number {
  const alive = new Set<WebGLTexture>()
  const [create, remove] = [gl.createTexture.bind(gl), gl.deleteTexture.bind(gl)]
  gl.createTexture = () => {
    const texture = create()
    alive.add(texture)
    return texture
  }
  gl.deleteTexture = (texture) => {
    if (texture !== null) alive.delete(texture)
    remove(texture)
  }
  return () => alive.size
}

/** One context, gpu.js on it, and what is counted. */
export class Device {
  readonly gl: WebGL2RenderingContext
  readonly gpuJs: GpuJs
  readonly description: DeviceDescription
  readonly traffic: GpuTraffic = { ...noTraffic }
  readonly liveTextures: () => number
  /** Whether one pass draws all outputs of a kernel; where not, each output takes a pass. */
  readonly drawsSeveral: boolean
  #lost = false

  private constructor(
    gl: WebGL2RenderingContext,
    gpuJs: GpuJs,
    liveTextures: () => number,
    drawsSeveral: boolean,
    renderer: Renderer,
  ) {
    this.gl = gl
    this.gpuJs = gpuJs
    this.liveTextures = liveTextures
    this.drawsSeveral = drawsSeveral
    const longestSide = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number
    this.description = {
      ...renderer,
      longestSide,
      mostOutputs: drawsSeveral && gl.getParameter(gl.MAX_DRAW_BUFFERS) >= 8 ? 8 : 4,
      mostElements: 4 * longestSide * longestSide,
    }
    gl.canvas.addEventListener('webglcontextlost', () => {
      this.#lost = true
    })
  }

  /** @throws Error where there is no WebGL2 or no gpu.js. */
  static async open(): Promise<Device> {
    const opened = openContext()
    if (typeof opened === 'string') {
      throw new Error(
        `init: backend 'gpu': expected WebGL2 with float textures, but ${opened}; init({ backend: 'wasm' }) computes everywhere`,
      )
    }
    const { gl, source } = opened
    const renderer = rendererOf(gl, source)
    const liveTextures = countTextures(gl)
    return new Device(gl, await loadGpuJs(gl, source), liveTextures, source.drawsSeveral, renderer)
  }

  resetTraffic(): void {
    Object.assign(this.traffic, noTraffic)
  }

  /** Whether the context is gone, and with it every number on the device. */
  get isLost(): boolean {
    if (!this.#lost && this.gl.isContextLost()) this.#lost = true
    return this.#lost
  }
}
