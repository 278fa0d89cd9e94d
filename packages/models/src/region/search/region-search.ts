import type { Layout } from './joint-words.ts'
import { Field, type Kernel, startKernel } from './kernels.ts'
import { LEAF, leafOrder, PART } from './leaves.ts'
import { EIGHT, placeOf, SUMS } from './places.ts'
import { Sketches } from './sketches.ts'

/** What addresses of 32 bits reach. */
const MOST_BYTES = 2 ** 32

/**
 * The nearest of many regions, exactly. Regions of like sketches lie in leaves of 16 and parts of 16 leaves; a part or a leaf is left out where
 * the box of its sketches is further off than a region that was found, and then a region where its sketch is.
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
    const parts = order.length / PART
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
      LEAVES: take(boxBytes(leaves)),
      PARTS: take(boxBytes(parts)),
      BOUNDS: take(2 * EIGHT * Math.ceil(parts / EIGHT)),
      CODE: take(4 * layout.width),
      SKETCH: take(SUMS),
    }
    if (bytes > MOST_BYTES)
      throw new RangeError(
        `RegionIndex.nearest: expected regions that take at most ${MOST_BYTES} bytes, got ${count} of ${bytes} bytes together`,
      )
    this.#kernel = start(bytes)
    const { buffer } = this.#kernel
    this.#fields = new Int32Array(buffer, 0, Field.COUNT)
    const sizes = {
      WIDTH: layout.width,
      SINGLE: layout.single,
      PLANE_GROUPS: planes.length,
      PART_COUNT: parts,
    }
    for (const [name, value] of Object.entries({ ...at, ...sizes }))
      this.#fields[Field[name as keyof typeof Field]] = value
    this.#code = new Uint32Array(buffer, at.CODE, layout.width)
    this.#sketch = new Uint8Array(buffer, at.SKETCH, SUMS)

    new Uint32Array(buffer, at.WORDS, words.length).set(words)
    const planeFields = planes.flatMap(({ from, words, bits }) => [from, words, bits])
    new Int32Array(buffer, at.PLANES, planeFields.length).set(planeFields)
    new Int32Array(buffer, at.ORDER, order.length).set(order)
    const placed = new Uint8Array(buffer, at.SKETCHES, SUMS * order.length)
    for (let i = 0; i < order.length; i++)
      for (let s = 0; s < SUMS; s++) placed[placeOf(i, s)] = sketches[order[i] * SUMS + s]
    writeBoxes(new Uint8Array(buffer, at.LEAVES, boxBytes(leaves)), placed, order.length, LEAF)
    writeBoxes(new Uint8Array(buffer, at.PARTS, boxBytes(parts)), placed, order.length, PART)
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

/** Of eight boxes the smallest sums, as eight sketches lie, and then the largest. */
const boxBytes = (boxes: number): number => 2 * EIGHT * SUMS * Math.ceil(boxes / EIGHT)

/** The boxes of sketches that are `size` to a box. */
function writeBoxes(boxes: Uint8Array, sketches: Uint8Array, count: number, size: number): void {
  boxes.fill(255)
  for (let from = 0, box = 0; from < count; from += size, box++)
    for (let s = 0; s < SUMS; s++) {
      const low = placeOf(box & 7, s) + (box >> 3) * 2 * EIGHT * SUMS
      let most = 0
      for (let i = from; i < from + size; i++) {
        const value = sketches[placeOf(i, s)]
        if (value < boxes[low]) boxes[low] = value
        if (value > most) most = value
      }
      boxes[low + EIGHT * SUMS] = most
    }
}
