import type { Shading } from '../state/state.ts'
import type { RegionsPicture } from '../work/messages.ts'
import { COLOURS, type ColourTable } from './colour-table.ts'
import { ERROR_NUMBERS, endOfScale, errorColours } from './error-colours.ts'
import { showsErrors } from './fills.ts'
import { isOnCard } from './graphics-card.ts'
import { inks, type Scheme } from './inks.ts'
import type { PaintOptions, RegionPainter } from './paint-regions.ts'
import { type Place, pointAt } from './place.ts'
import { regionColours } from './region-colours.ts'
import { asWalls, byError, byHash, ROW } from './shaders.ts'
import { Triangles } from './triangles.ts'
import { wallLook } from './wall-look.ts'
import { WebglProgram } from './webgl-program.ts'
import { WebglTable } from './webgl-table.ts'

/** Paints regions with WebGL 2. What is read of a picture goes to the graphics card once; moving and zooming it takes a few uniforms. */
export class WebglPainter implements RegionPainter {
  readonly #gl: WebGL2RenderingContext
  readonly #programs: Readonly<Record<'hash' | 'error' | 'walls', WebglProgram>>
  readonly #buffers: Readonly<Record<'corners' | 'polygons' | 'indices' | 'walls', WebGLBuffer>>
  readonly #arrays: Readonly<Record<'polygons' | 'walls', WebGLVertexArrayObject>>
  readonly #hashes: WebglTable
  readonly #errors: WebglTable
  readonly #colours: WebglTable
  readonly #triangles = new Triangles()
  #picture: RegionsPicture | null = null
  #end = 1
  #table: ColourTable | null = null

  /**
   * `null` where there is no WebGL 2, or none that is accepted.
   *
   * @param isAccepted by default what draws on a graphics card
   */
  static of(canvas: HTMLCanvasElement, isAccepted = isOnCard): WebglPainter | null {
    // Edges between fills lie under walls, which are smooth by themselves: four samples a pixel would cost four times as much.
    const gl = canvas.getContext('webgl2', {
      antialias: false,
      depth: false,
      alpha: false,
    })
    if (gl === null || gl.isContextLost()) return null
    if (isAccepted(gl)) return new WebglPainter(gl)
    gl.getExtension('WEBGL_lose_context')?.loseContext()
    return null
  }

  private constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl
    this.#programs = {
      hash: new WebglProgram(gl, byHash),
      error: new WebglProgram(gl, byError),
      walls: new WebglProgram(gl, asWalls),
    }
    const buffer = () => gl.createBuffer()
    this.#buffers = { corners: buffer(), polygons: buffer(), indices: buffer(), walls: buffer() }
    this.#arrays = { polygons: gl.createVertexArray(), walls: gl.createVertexArray() }
    this.#hashes = new WebglTable(gl, {
      format: gl.RG_INTEGER,
      internal: gl.RG32UI,
      type: gl.UNSIGNED_INT,
      width: ROW,
      texel: 2,
    })
    this.#errors = new WebglTable(gl, {
      format: gl.RGBA,
      internal: gl.RGBA32F,
      type: gl.FLOAT,
      width: (ROW * ERROR_NUMBERS) / 4,
      texel: 4,
    })
    this.#colours = new WebglTable(gl, {
      format: gl.RGBA,
      internal: gl.RGBA8,
      type: gl.UNSIGNED_BYTE,
      width: COLOURS,
      texel: 4,
    })
    gl.bindVertexArray(this.#arrays.polygons)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers.corners)
    gl.enableVertexAttribArray(0)
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers.polygons)
    gl.enableVertexAttribArray(1)
    gl.vertexAttribIPointer(1, 1, gl.UNSIGNED_INT, 0, 0)
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#buffers.indices)
    gl.bindVertexArray(this.#arrays.walls)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers.walls)
    gl.enableVertexAttribArray(0)
    gl.vertexAttribPointer(0, 4, gl.FLOAT, false, 0, 0)
    gl.vertexAttribDivisor(0, 1)
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
  }

  paint(picture: RegionsPicture | null, { place, shading, scheme, ratio }: PaintOptions): void {
    const gl = this.#gl
    const canvas = gl.canvas as HTMLCanvasElement
    const [width, height] = [Math.round(place.width * ratio), Math.round(place.height * ratio)]
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height]
    gl.viewport(0, 0, width, height)
    const paper = Number.parseInt(inks[scheme].paper.slice(1), 16)
    gl.clearColor((paper >> 16) / 255, ((paper >> 8) & 255) / 255, (paper & 255) / 255, 1)
    gl.clear(gl.COLOR_BUFFER_BIT)
    if (picture !== null && picture !== this.#picture) this.#read(picture)
    this.#picture = picture
    if (picture === null) return
    this.#paintPolygons(showsErrors(picture, shading), place, scheme)
    this.#paintWalls(picture, place, shading, scheme, ratio)
  }

  release(): void {
    const gl = this.#gl
    for (const program of Object.values(this.#programs)) program.release()
    for (const buffer of Object.values(this.#buffers)) gl.deleteBuffer(buffer)
    for (const array of Object.values(this.#arrays)) gl.deleteVertexArray(array)
    for (const table of [this.#hashes, this.#errors, this.#colours]) table.release()
    // A page may have 16 contexts at once, and those that wait to be collected count.
    gl.getExtension('WEBGL_lose_context')?.loseContext()
  }

  #read(picture: RegionsPicture): void {
    const gl = this.#gl
    const triangles = this.#triangles
    triangles.read(picture)
    const send = (target: number, buffer: WebGLBuffer, values: ArrayBufferView, length: number) => {
      gl.bindBuffer(target, buffer)
      gl.bufferData(target, values, gl.DYNAMIC_DRAW, 0, length)
    }
    const { corners, walls } = picture
    if (triangles.count > 0) {
      gl.bindVertexArray(this.#arrays.polygons)
      send(gl.ARRAY_BUFFER, this.#buffers.corners, corners, 2 * triangles.points)
      send(gl.ARRAY_BUFFER, this.#buffers.polygons, triangles.polygons, triangles.points)
      send(gl.ELEMENT_ARRAY_BUFFER, this.#buffers.indices, triangles.indices, triangles.count)
    }
    if (walls.length > 0) send(gl.ARRAY_BUFFER, this.#buffers.walls, walls, walls.length)
    this.#hashes.read(picture.hashes, picture.hashes.length)
    if (picture.errors.length > 0) this.#errors.read(picture.errors, picture.errors.length)
    this.#end = endOfScale(picture)
  }

  #use(program: WebglProgram, place: Place): void {
    const gl = this.#gl
    program.use()
    gl.uniform2f(program.at('middle'), ...pointAt(place, place.width / 2, place.height / 2))
    gl.uniform2f(program.at('unit'), place.unitS, place.unitT)
    gl.uniform2f(program.at('size'), place.width, place.height)
  }

  #paintPolygons(isError: boolean, place: Place, scheme: Scheme): void {
    if (this.#triangles.count === 0) return
    const gl = this.#gl
    const program = this.#programs[isError ? 'error' : 'hash']
    const table = isError ? errorColours : regionColours[scheme]
    if (table !== this.#table) this.#colours.read(table, table.length)
    this.#table = table
    this.#use(program, place)
    if (isError) gl.uniform1f(program.at('end'), this.#end)
    const numbers = isError ? this.#errors : this.#hashes
    numbers.bind(program.at(isError ? 'errors' : 'hashes'), 0)
    this.#colours.bind(program.at('colours'), 1)
    gl.bindVertexArray(this.#arrays.polygons)
    gl.drawElements(gl.TRIANGLES, this.#triangles.count, gl.UNSIGNED_INT, 0)
  }

  #paintWalls(picture: RegionsPicture, place: Place, shading: Shading, scheme: Scheme, ratio: number): void {
    if (picture.walls.length === 0) return
    const gl = this.#gl
    const program = this.#programs.walls
    const { colour, opacity, width } = wallLook(picture, place, shading, scheme)
    const [red, green, blue] = colour.map((byte) => (opacity * byte) / 255)
    // In device pixels, over one of which edges are smoothed.
    this.#use(program, scaled(place, ratio))
    gl.uniform4f(program.at('colour'), red, green, blue, opacity)
    gl.uniform1f(program.at('width'), width * ratio)
    gl.bindVertexArray(this.#arrays.walls)
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, picture.walls.length / 4)
  }
}

const scaled = ({ width, height, x0, y0, unitS, unitT }: Place, by: number): Place => ({
  width: by * width,
  height: by * height,
  x0: by * x0,
  y0: by * y0,
  unitS: by * unitS,
  unitT: by * unitT,
})
