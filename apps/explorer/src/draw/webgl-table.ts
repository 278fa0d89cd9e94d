/** What the texels of a table are. */
export interface TableFormat {
  readonly format: number
  readonly internal: number
  readonly type: number
  /** Texels of a row. */
  readonly width: number
  /** Numbers of a texel. */
  readonly texel: number
}

/** Numbers in a texture, row after row, to be looked up by shaders. */
export class WebglTable {
  readonly #gl: WebGL2RenderingContext
  readonly #format: TableFormat
  readonly #texture: WebGLTexture
  #rows = 0

  constructor(gl: WebGL2RenderingContext, format: TableFormat) {
    this.#gl = gl
    this.#format = format
    this.#texture = gl.createTexture()
    gl.bindTexture(gl.TEXTURE_2D, this.#texture)
    // Numbers are not mixed with their neighbours.
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
  }

  /** Writes the first `length` numbers, whole texels; there is no copy of them on the way. */
  read(values: ArrayBufferView, length: number): void {
    const gl = this.#gl
    const { format, internal, type, width, texel } = this.#format
    gl.bindTexture(gl.TEXTURE_2D, this.#texture)
    const rows = Math.max(1, Math.ceil(length / (width * texel)))
    if (rows > this.#rows) {
      this.#rows = 2 * rows
      gl.texImage2D(gl.TEXTURE_2D, 0, internal, width, this.#rows, 0, format, type, null)
    }
    const whole = Math.floor(length / (width * texel))
    const write = (row: number, w: number, h: number) => {
      if (w * h > 0)
        gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, row, w, h, format, type, values, row * width * texel)
    }
    write(0, width, whole)
    write(whole, (length - whole * width * texel) / texel, 1)
  }

  /** Makes it the table that a uniform reads. @param unit of the graphics card, another one for each table of a program */
  bind(uniform: WebGLUniformLocation | null, unit: number): void {
    const gl = this.#gl
    gl.activeTexture(gl.TEXTURE0 + unit)
    gl.bindTexture(gl.TEXTURE_2D, this.#texture)
    gl.uniform1i(uniform, unit)
  }

  release(): void {
    this.#gl.deleteTexture(this.#texture)
  }
}
