// The part of gpu.js that is used here, in types of our own: those of the package are of another major version.

import type { ContextSource } from './contexts.ts'

/** A texture of gpu.js, which counts its holders: `clone` adds one, `delete` takes one away. */
export interface GpuTexture {
  readonly texture: WebGLTexture & { _refs?: number }
  readonly size: ArrayLike<number>
  delete(): void
  clone(): GpuTexture
}

type TextureConstructor = new (settings: object) => GpuTexture

/** The fields of a kernel that {@link GpuJs.destroy} has to look into. */
interface KernelInside {
  textureCache: WebGLTexture[]
  readonly kernelArguments: readonly { prevArg?: GpuTexture }[] | null
  readonly context: WebGL2RenderingContext | undefined
}

/** A kernel of gpu.js. Every call draws into new textures. */
export interface CompiledKernel {
  (...values: readonly (GpuTexture | number)[]): GpuTexture | Readonly<Record<string, GpuTexture>>
  readonly kernel: KernelInside
  destroy(): void
}

/** The class GPU of gpu.js, as far as it is used. */
export interface GpuInstance {
  createKernel(source: string, settings: object): CompiledKernel
  createKernelMap(parts: Readonly<Record<string, string>>, source: string, settings: object): CompiledKernel
}

/** One kernel as gpu.js is told of it. */
export interface KernelSettings {
  readonly output: readonly [width: number, height: number]
  readonly returnType: 'Array(4)' | 'Array(2)'
  /** By name, in order. */
  readonly argumentTypes: Readonly<
    Record<string, 'ArrayTexture(4)' | 'ArrayTexture(2)' | 'Integer' | 'Float'>
  >
  /** GLSL that declares `run()`, and sets `more1` … where there are more outputs. */
  readonly source: string
  /** Outputs beside the first. */
  readonly more: number
  /** The one output that is drawn; all of them if left out. */
  readonly only?: number
}

/** gpu.js on one context. */
export class GpuJs {
  readonly #gpu: GpuInstance
  readonly #context: WebGL2RenderingContext
  /** By channels a kernel that is never destroyed: every texture has to name the kernel that made it, uploaded ones these. */
  readonly #owners = new Map<number, { kernel: CompiledKernel; Texture: TextureConstructor }>()

  constructor(
    GPU: new (settings: object) => GpuInstance,
    context: WebGL2RenderingContext,
    source: ContextSource,
  ) {
    this.#context = context
    // The context comes after the mode: gpu.js takes every context of headless GL for one of WebGL1.
    this.#gpu = source.asInBrowser(context, () => new GPU({ mode: 'webgl2' }))
    Object.assign(this.#gpu, { canvas: context.canvas, context })
    for (const channels of [4, 2] as const) {
      const kernel = this.create({
        output: [1, 2],
        returnType: `Array(${channels})`,
        argumentTypes: {},
        source: `vec${channels} run() { return vec${channels}(0.0); }`,
        more: 0,
      })
      const texture = kernel() as GpuTexture
      this.#owners.set(channels, { kernel, Texture: texture.constructor as TextureConstructor })
      this.release(texture)
    }
  }

  /** Makes a kernel. It is written in GLSL, for the language of gpu.js has no integers of 32 bits and folds NaN away. */
  create({ output, returnType, argumentTypes, source, more, only }: KernelSettings): CompiledKernel {
    const names = Object.keys(argumentTypes)
    const parts = Array.from({ length: more }, (_, k) => k + 1)
    const functions = [
      { name: 'run', source },
      ...parts.map((k) => ({ name: `take${k}`, source: `vec4 take${k}() { return more${k}; }` })),
    ]
    const settings = {
      precision: 'single',
      tactic: 'precision',
      pipeline: true,
      immutable: true,
      output,
      returnType,
      argumentTypes,
      nativeFunctions: functions.map((f) => ({ ...f, returnType, argumentTypes: {} })),
      injectedNative: parts.map((k) => `vec4 more${k};\n`).join(''),
    }
    if (more === 0 || only === 0) {
      return this.#gpu.createKernel(`function(${names}) { return run(); }`, settings)
    }
    if (only !== undefined) {
      const body = `{ const first = run(); return take${only}(); }`
      return this.#gpu.createKernel(`function(${names}) ${body}`, settings)
    }
    const calls = parts.map((k) => `part${k}(take${k}());`).join(' ')
    return this.#gpu.createKernelMap(
      Object.fromEntries(parts.map((k) => [`part${k}`, `function part${k}(x) { return x; }`])),
      `function(${names}) { const first = run(); ${calls} return first; }`,
      settings,
    )
  }

  /** Destroys a kernel, not what it has drawn. */
  destroy(kernel: CompiledKernel): void {
    const { kernelArguments } = kernel.kernel
    for (const argument of kernelArguments ?? []) if (argument.prevArg) this.release(argument.prevArg)
    // Textures that it made for kernel maps and has handed out since: gpu.js would delete them under their holders.
    kernel.kernel.textureCache = []
    kernel.destroy()
  }

  /** A texture of numbers: four or two floats a texel. */
  upload(channels: 4 | 2, width: number, height: number, values: Float32Array): GpuTexture {
    const gl = this.#context
    const texture = gl.createTexture()
    const [internalFormat, format] = channels === 4 ? [gl.RGBA32F, gl.RGBA] : [gl.RG32F, gl.RG]
    gl.activeTexture(gl.TEXTURE15)
    gl.bindTexture(gl.TEXTURE_2D, texture)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false)
    gl.texImage2D(gl.TEXTURE_2D, 0, internalFormat, width, height, 0, format, gl.FLOAT, values)
    const { kernel, Texture } = this.#owners.get(channels)!
    return new Texture({
      texture,
      size: [width, height],
      dimensions: [width, height, 1],
      output: [width, height],
      context: gl,
      internalFormat,
      textureFormat: format,
      kernel: kernel.kernel,
    })
  }

  /** Takes one holder away, and deletes the texture after the last: gpu.js does not where its kernel has been destroyed. */
  release(texture: GpuTexture): void {
    texture.delete()
    if (texture.texture._refs === 0) this.#context.deleteTexture(texture.texture)
  }
}
