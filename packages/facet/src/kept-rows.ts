import type { Key } from '@facet/tensor'

/** Rows of one kind that a model keeps, each `width` numbers in the model's units; the oldest or random ones go when there is no more room. */
export class KeptRows {
  readonly width: number
  readonly capacity: number
  #values: Float32Array
  #count = 0
  /** Rows offered so far. */
  #seen = 0

  constructor(width: number, capacity: number) {
    this.width = width
    this.capacity = capacity
    this.#values = new Float32Array(0)
  }

  /** Rows as a file has them. @param seen rows offered before */
  static of(values: Float32Array, width: number, capacity: number, seen: number): KeptRows {
    const kept = new KeptRows(width, capacity)
    kept.#values = values.slice()
    kept.#count = values.length / width
    kept.#seen = seen
    return kept
  }

  get count(): number {
    return this.#count
  }

  get seen(): number {
    return this.#seen
  }

  /** `[count, width]` */
  get values(): Float32Array {
    return this.#values.subarray(0, this.#count * this.width)
  }

  row(index: number): Float32Array {
    return this.#values.subarray(index * this.width, (index + 1) * this.width)
  }

  /** Keeps the latest rows: the oldest go. @param rows `[n, width]` */
  keepLatest(rows: Float32Array): void {
    this.#offer(rows, (seen) => seen % this.capacity)
  }

  /** Keeps each row that was ever offered with the same probability (Vitter 1985, algorithm R). @param rows `[n, width]` */
  keepRandom(rows: Float32Array, key: Key): void {
    const draws = key.uniformArray(rows.length / this.width)
    this.#offer(rows, (seen, i) => (seen < this.capacity ? seen : Math.floor(draws[i] * (seen + 1))))
  }

  #offer(rows: Float32Array, placeOf: (seen: number, i: number) => number): void {
    for (let i = 0, at = 0; at < rows.length; i++, at += this.width) {
      const place = placeOf(this.#seen++, i)
      if (place < this.capacity) this.#put(place, rows.subarray(at, at + this.width))
    }
  }

  #put(place: number, row: Float32Array): void {
    const end = (place + 1) * this.width
    if (end > this.#values.length) {
      const more = new Float32Array(Math.min(this.capacity, Math.max(16, 2 * place)) * this.width)
      more.set(this.#values)
      this.#values = more
    }
    this.#values.set(row, place * this.width)
    this.#count = Math.max(this.#count, place + 1)
  }
}
