/** A compiled pair of shaders with the places of its uniforms. */
export class WebglProgram {
  readonly #gl: WebGL2RenderingContext
  readonly #program: WebGLProgram
  readonly #places = new Map<string, WebGLUniformLocation | null>()

  /** @throws Error with the compiler's words where shaders do not compile */
  constructor(gl: WebGL2RenderingContext, sources: { readonly vertex: string; readonly fragment: string }) {
    this.#gl = gl
    this.#program = gl.createProgram()
    const shaders = [
      [gl.VERTEX_SHADER, sources.vertex],
      [gl.FRAGMENT_SHADER, sources.fragment],
    ] as const
    for (const [kind, source] of shaders) {
      const shader = gl.createShader(kind)
      // A lost context makes none.
      if (shader === null) continue
      gl.shaderSource(shader, source)
      gl.compileShader(shader)
      gl.attachShader(this.#program, shader)
      gl.deleteShader(shader)
    }
    gl.linkProgram(this.#program)
    if (!gl.getProgramParameter(this.#program, gl.LINK_STATUS) && !gl.isContextLost()) {
      const logs = gl.getAttachedShaders(this.#program)?.map((shader) => gl.getShaderInfoLog(shader))
      throw new Error(
        `WebglProgram: expected shaders that compile, got ${[gl.getProgramInfoLog(this.#program), ...(logs ?? [])].join(' ')}`,
      )
    }
  }

  use(): void {
    this.#gl.useProgram(this.#program)
  }

  at(uniform: string): WebGLUniformLocation | null {
    let place = this.#places.get(uniform)
    if (place === undefined) {
      place = this.#gl.getUniformLocation(this.#program, uniform)
      this.#places.set(uniform, place)
    }
    return place
  }

  release(): void {
    this.#gl.deleteProgram(this.#program)
  }
}
