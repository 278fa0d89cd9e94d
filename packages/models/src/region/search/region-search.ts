import type { Layout } from './joint-words.ts'
import { Field, type Kernel, startKernel } from './kernels.ts'
import { LEAF, leafOrder } from './leaves.ts'
import { Sketches, SUMS } from './sketches.ts'

/** Rows whose sketches lie together. */
const BLOCK = 8

/**
 * The nearest of many regions, exactly. Regions lie in leaves of 16 with like sketches; a leaf is left out where the box of its sketches
 * is further off than a region that was found, and then a region where its sketch is.
 */
export class RegionSearch {
  readonly #width: number
  readonly #sketches: Sketches
  readonly #kernel: Kernel
  readonly #fields: Int32Array
  readonly #code: Uint32Array
  readonly #sketch: Uint8Array

  /** @param words of the regions, [count, layout.width], count ≥ 1 */
  constructor(
    words: Uint32Array,
    count: number,
    layout: Layout,
    start: (bytes: number) => Kernel = startKernel,
  ) {
    this.#width = layout.width
    this.#sketches = new Sketches(words, count, layout)
    const sketches = this.#sketches.of(words, count)
    const order = leafOrder(sketches, count)
    const leaves = order.length / LEAF
    const blocks = Math.ceil(leaves / BLOCK)
    const planes = layout.groups.filter(({ bits }) => bits > 1)

    let bytes = 4 * Field.COUNT
    const take = (length: number): number => {
      const from = Math.ceil(bytes / 16) * 16
      bytes = from + length
      return from
    }
    const at = {
      WORDS: take(4 * words.length),
      PLANES: take(12 * planes.length),
      SKETCHES: take(SUMS * order.length),
      ORDER: take(4 * order.length),
      LOW: take(SUMS * BLOCK * blocks),
      HIGH: take(SUMS * BLOCK * blocks),
      BOUNDS: take(2 * BLOCK * blocks),
      CODE: take(4 * layout.width),
      SKETCH: take(SUMS),
    }
    this.#kernel = start(bytes)
    const { buffer } = this.#kernel
    this.#fields = new Int32Array(buffer, 0, Field.COUNT)
    const sizes = { WIDTH: layout.width, SINGLE: layout.single, PLANE_GROUPS: planes.length, LEAVES: leaves }
    for (const [name, value] of Object.entries({ ...at, ...sizes }))
      this.#fields[Field[name as keyof typeof Field]] = value
    this.#code = new Uint32Array(buffer, at.CODE, layout.width)
    this.#sketch = new Uint8Array(buffer, at.SKETCH, SUMS)

    new Uint32Array(buffer, at.WORDS, words.length).set(words)
    const planeFields = planes.flatMap(({ from, words, bits }) => [from, words, bits])
    new Int32Array(buffer, at.PLANES, planeFields.length).set(planeFields)
    new Int32Array(buffer, at.ORDER, order.length).set(order)
    const interleaved = new Uint8Array(buffer, at.SKETCHES, SUMS * order.length)
    const low = new Uint8Array(buffer, at.LOW, SUMS * BLOCK * blocks).fill(255)
    const high = new Uint8Array(buffer, at.HIGH, SUMS * BLOCK * blocks)
    for (let i = 0; i < order.length; i++) {
      const leaf = Math.floor(i / LEAF)
      for (let s = 0; s < SUMS; s++) {
        const value = sketches[order[i] * SUMS + s]
        interleaved[placeOf(i, s)] = value
        const box = placeOf(leaf, s)
        if (value < low[box]) low[box] = value
        if (value > high[box]) high[box] = value
      }
    }
  }

  /** Looks for the row that begins at `words[at]`. */
  look(words: Uint32Array, at: number): void {
    for (let w = 0; w < this.#width; w++) this.#code[w] = words[at + w]
    this.#sketches.write(words, at, this.#sketch, 0)
    this.#kernel.nearest()
  }

  /** Units of the last one looked for that are in another state in its nearest region. */
  get differing(): number {
    return this.#fields[Field.DIFFERING]
  }

  /** The nearest region of the last one looked for; the first on ties. */
  get region(): number {
    return this.#fields[Field.REGION]
  }
}

/** Where sum s of a row stands: rows in blocks of eight, which have two sums of each row side by side. */
const placeOf = (row: number, s: number): number =>
  (row >> 3) * BLOCK * SUMS + (s >> 1) * 2 * BLOCK + (row & 7) * 2 + (s & 1)
