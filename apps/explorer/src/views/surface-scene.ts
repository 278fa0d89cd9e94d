import {
  BufferAttribute,
  BufferGeometry,
  CanvasTexture,
  ColorManagement,
  DoubleSide,
  LinearSRGBColorSpace,
  LineBasicMaterial,
  LineSegments,
  type Matrix4,
  Mesh,
  MeshBasicMaterial,
  type Object3D,
  OrthographicCamera,
  Points,
  PointsMaterial,
  Scene,
  WebGLRenderer,
} from 'three'
import { isOnCard } from '../draw/graphics-card.ts'
import { dotRadius } from '../draw/paint-marks.ts'
import type { SampleGroup } from '../draw/sample-groups.ts'
import { Triangles } from '../draw/triangles.ts'
import type { SurfacePicture } from '../work/messages.ts'
import { polygonColours, roomFor } from './surface-colours.ts'
import { creaseLook, type SurfaceLook, type SurfacePainter } from './surface-look.ts'
import type { Sight } from './surface-sight.ts'

/** How much nearer lines and dots are than the polygons they lie on, in pixels: depths of the same place differ by rounding. */
const BEFORE = { creases: 1, dots: 3 } as const

/** How far before and behind the middle something may be to be seen, in widths of the picture. */
const DEEP = 50

/** Paints surfaces in space with three.js: polygons, creases and samples in buffers that grow and are written again with every picture. */
export class SurfaceScene implements SurfacePainter {
  readonly #renderer: WebGLRenderer
  readonly #scene = new Scene()
  readonly #camera = new OrthographicCamera()
  readonly #polygons = new Mesh(
    new BufferGeometry(),
    new MeshBasicMaterial({ vertexColors: true, side: DoubleSide }),
  )
  readonly #creases = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ transparent: true }))
  readonly #dots: Points<BufferGeometry, PointsMaterial>
  readonly #triangles = new Triangles()
  readonly #disc = discTexture()
  #colours = new Uint8Array(0)
  #last: { picture: SurfacePicture; scheme: string; groups: readonly SampleGroup[] } | null = null

  /** `null` where there is no WebGL 2. */
  static of(canvas: HTMLCanvasElement): SurfaceScene | null {
    // Kept after it was shown, so that it can be saved as a picture.
    const context = canvas.getContext('webgl2', { antialias: true, alpha: true, preserveDrawingBuffer: true })
    if (context === null || context.isContextLost() || !isOnCard(context)) return null
    return new SurfaceScene(canvas, context)
  }

  private constructor(canvas: HTMLCanvasElement, context: WebGL2RenderingContext) {
    // Colours are those of the other views, to the bit.
    ColorManagement.enabled = false
    this.#renderer = new WebGLRenderer({ canvas, context })
    this.#renderer.outputColorSpace = LinearSRGBColorSpace
    this.#renderer.setClearColor(0, 0)
    const material = new PointsMaterial({
      map: this.#disc,
      alphaTest: 0.2,
      transparent: true,
      vertexColors: true,
    })
    this.#dots = new Points(new BufferGeometry(), material)
    for (const object of [this.#polygons, this.#creases, this.#dots] as Object3D[]) {
      object.matrixAutoUpdate = false
      // All is seen, or clipped by the graphics card.
      object.frustumCulled = false
      this.#scene.add(object)
    }
  }

  paint(picture: SurfacePicture, look: SurfaceLook): void {
    const { sight, ratio, scheme, groups } = look
    const last = this.#last
    if (last?.picture !== picture) this.#readShape(picture)
    if (last?.picture !== picture || last.scheme !== scheme) this.#readColours(picture, look)
    if (last?.picture !== picture || last.groups !== groups) this.#readDots(picture, look)
    this.#last = { picture, scheme, groups }
    const { colour, opacity } = creaseLook(picture, sight, scheme)
    this.#creases.material.color.setRGB(colour[0] / 255, colour[1] / 255, colour[2] / 255)
    this.#creases.material.opacity = opacity
    this.#dots.material.size = (2 * dotRadius(picture.samples.length / 3) + 1) * ratio
    this.#look(sight)
    this.#renderer.setPixelRatio(ratio)
    this.#renderer.setSize(sight.width, sight.height, false)
    this.#renderer.render(this.#scene, this.#camera)
  }

  release(): void {
    for (const { geometry, material } of [this.#polygons, this.#creases, this.#dots]) {
      geometry.dispose()
      material.dispose()
    }
    this.#disc.dispose()
    this.#renderer.dispose()
  }

  /** A camera that looks along −z at pixels, and objects placed before it. */
  #look(sight: Sight): void {
    const { width, height } = sight
    const deep = DEEP * Math.max(width, height)
    Object.assign(this.#camera, { left: -width / 2, right: width / 2, top: height / 2, bottom: -height / 2 })
    Object.assign(this.#camera, { near: -deep, far: deep })
    this.#camera.updateProjectionMatrix()
    matrixOf(this.#polygons.matrix, sight, 0)
    matrixOf(this.#creases.matrix, sight, BEFORE.creases)
    matrixOf(this.#dots.matrix, sight, BEFORE.dots)
  }

  #readShape(picture: SurfacePicture): void {
    const [polygons, creases] = [this.#polygons.geometry, this.#creases.geometry]
    this.#triangles.read(picture)
    const { indices, count } = this.#triangles
    write(polygons, 'position', picture.corners, 3)
    writeIndex(polygons, indices, count)
    write(creases, 'position', picture.creases, 3)
    creases.setDrawRange(0, picture.creases.length / 3)
  }

  #readColours(picture: SurfacePicture, { scheme }: SurfaceLook): void {
    const { starts } = picture
    this.#colours = roomFor(picture, this.#colours)
    polygonColours(picture, scheme, this.#colours)
    const { geometry } = this.#polygons
    const [words, own] = [new Uint32Array(starts[starts.length - 1]), wordsOf(this.#colours)]
    for (let k = 0; k < words.length; k++) words[k] = own[this.#triangles.polygons[k]]
    write(geometry, 'color', new Uint8Array(words.buffer), 4)
  }

  #readDots({ samples }: SurfacePicture, { groups }: SurfaceLook): void {
    const { geometry } = this.#dots
    const colours = new Uint8Array((4 * samples.length) / 3).fill(255)
    for (const { rows, colour } of groups) {
      const bytes = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
      for (const row of rows) colours.set(bytes, 4 * row)
    }
    write(geometry, 'position', samples, 3)
    write(geometry, 'color', colours, 4)
    geometry.setDrawRange(0, samples.length / 3)
  }
}

/** The four bytes of each colour as one number. */
const wordsOf = (bytes: Uint8Array): Uint32Array =>
  new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)

/** Points to pixels from the middle of the picture, y up, z towards whoever looks. */
function matrixOf(matrix: Matrix4, { unit, centre, right, up, toward }: Sight, before: number): void {
  const rows = [right, up, toward].flatMap((axis, k) => {
    const [x, y, z] = axis.map((value) => value * unit)
    return [x, y, z, -(x * centre[0] + y * centre[1] + z * centre[2]) + (k === 2 ? before : 0)]
  })
  matrix.fromArray([...rows, 0, 0, 0, 1]).transpose()
}

/** Writes numbers into an attribute, which is made anew, twice as large, where it is too small. */
function write(
  geometry: BufferGeometry,
  name: string,
  values: Float32Array | Uint8Array,
  size: number,
): void {
  const own = geometry.getAttribute(name) as BufferAttribute | undefined
  const isByte = values instanceof Uint8Array
  const attribute =
    own !== undefined && own.array.length >= values.length
      ? own
      : renewed(geometry, () => {
          const room = 2 * values.length
          const made = new BufferAttribute(
            isByte ? new Uint8Array(room) : new Float32Array(room),
            size,
            isByte,
          )
          geometry.setAttribute(name, made)
          return made
        })
  sent(attribute, values, values.length)
}

function writeIndex(geometry: BufferGeometry, indices: Uint32Array, count: number): void {
  const own = geometry.index
  const index =
    own !== null && own.array.length >= count
      ? own
      : renewed(geometry, () => {
          const made = new BufferAttribute(new Uint32Array(2 * count), 1)
          geometry.setIndex(made)
          return made
        })
  sent(index, indices.subarray(0, count), count)
  geometry.setDrawRange(0, count)
}

/** The graphics card forgets all buffers of a geometry, which are sent anew: it would keep one that is replaced. */
function renewed(geometry: BufferGeometry, make: () => BufferAttribute): BufferAttribute {
  geometry.dispose()
  return make()
}

function sent(attribute: BufferAttribute, values: ArrayLike<number>, count: number): void {
  attribute.array.set(values)
  attribute.addUpdateRange(0, count)
  attribute.needsUpdate = true
}

const DISC = 32

/** Grey of the rim, by which dots beside each other are told apart, and its share of the radius. */
const RIM = '#8c8c8c'
const RIM_SHARE = 0.22

/** A white disc with a darker rim, by which colours are multiplied: samples are round. */
function discTexture(): CanvasTexture {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = DISC
  const context = canvas.getContext('2d')!
  for (const [colour, radius] of [
    [RIM, DISC / 2],
    ['#ffffff', ((1 - RIM_SHARE) * DISC) / 2],
  ] as const) {
    context.beginPath()
    context.arc(DISC / 2, DISC / 2, radius, 0, 2 * Math.PI)
    context.fillStyle = colour
    context.fill()
  }
  return new CanvasTexture(canvas)
}
