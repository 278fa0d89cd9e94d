/** At most `capacity` values by key; the one unused for longest goes first and is handed to `evict`. */
export class Lru<V> {
  readonly #values = new Map<string, V>()
  readonly #capacity: number
  readonly #evict: (value: V) => void

  constructor(capacity: number, evict: (value: V) => void) {
    this.#capacity = capacity
    this.#evict = evict
  }

  /** How many values are kept. */
  get size(): number {
    return this.#values.size
  }

  /** The value of a key, made where there is none. */
  take(key: string, make: () => V): V {
    const known = this.#values.get(key)
    if (known !== undefined) {
      // A map lists its keys in the order in which they were set.
      this.#values.delete(key)
      this.#values.set(key, known)
      return known
    }
    const made = make()
    this.#values.set(key, made)
    if (this.#values.size > this.#capacity) {
      const [oldest] = this.#values.keys()
      const value = this.#values.get(oldest)!
      this.#values.delete(oldest)
      this.#evict(value)
    }
    return made
  }
}
