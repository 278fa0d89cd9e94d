import type { ProgramPlan } from './group-plan.ts'

/** Codes by number and numbers by code: the states of all units packed into words of 32 bits, in one table without objects. */
export class CodeTable {
  count = 0
  readonly words: number
  readonly #place: Int32Array
  readonly #shift: Int32Array
  readonly #mask: Int32Array
  readonly #packed: Int32Array
  #codes: Int32Array
  /** Numbers + 1 by hash; 0 is free. */
  #slots = new Int32Array(1024)

  constructor({ groups, units }: ProgramPlan) {
    this.#place = new Int32Array(units)
    this.#shift = new Int32Array(units)
    this.#mask = new Int32Array(units)
    let [word, bit] = [0, 0]
    for (const { firstUnit, units, states } of groups) {
      const bits = Math.ceil(Math.log2(states))
      for (let u = firstUnit; u < firstUnit + units; u++) {
        if (bit + bits > 32) [word, bit] = [word + 1, 0]
        this.#place[u] = word
        this.#shift[u] = bit
        this.#mask[u] = 2 ** bits - 1
        bit += bits
      }
    }
    this.words = word + 1
    this.#packed = new Int32Array(this.words)
    this.#codes = new Int32Array(this.words * 256)
  }

  /** Whether there could be such a code. */
  holds(states: ArrayLike<number>): boolean {
    if (states.length !== this.#mask.length) return false
    for (let u = 0; u < states.length; u++)
      if (!Number.isInteger(states[u]) || states[u] < 0 || states[u] > this.#mask[u]) return false
    return true
  }

  /** @returns the number of the code, −1 where it is not in the table */
  find(states: Int32Array): number {
    this.#pack(states)
    return this.#slots[this.#slotOf()] - 1
  }

  /** @returns the number of the code, which is not in the table yet */
  add(states: Int32Array): number {
    if (this.count * 2 >= this.#slots.length) this.#grow()
    this.#pack(states)
    this.#slots[this.#slotOf()] = this.count + 1
    const { words } = this
    if ((this.count + 1) * words > this.#codes.length) {
      const old = this.#codes
      this.#codes = new Int32Array(old.length * 2)
      this.#codes.set(old)
    }
    for (let w = 0; w < words; w++) this.#codes[this.count * words + w] = this.#packed[w]
    return this.count++
  }

  states(index: number): Int32Array {
    return this.#mask.map(
      (mask, u) => (this.#codes[index * this.words + this.#place[u]] >>> this.#shift[u]) & mask,
    )
  }

  #pack(states: Int32Array): void {
    const packed = this.#packed
    packed.fill(0)
    for (let u = 0; u < states.length; u++) packed[this.#place[u]] |= states[u] << this.#shift[u]
  }

  /** Where the packed code is, or would be. */
  #slotOf(): number {
    const { words } = this
    const last = this.#slots.length - 1
    const packed = this.#packed
    let slot = hashOf(packed, 0, words) & last
    for (;;) {
      const held = this.#slots[slot] - 1
      if (held < 0) return slot
      let w = 0
      while (w < words && this.#codes[held * words + w] === packed[w]) w++
      if (w === words) return slot
      slot = (slot + 1) & last
    }
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2)
    const last = slots.length - 1
    for (let index = 0; index < this.count; index++) {
      let slot = hashOf(this.#codes, index * this.words, this.words) & last
      while (slots[slot] !== 0) slot = (slot + 1) & last
      slots[slot] = index + 1
    }
    this.#slots = slots
  }
}

/** Multiplications and shifts of MurmurHash3's last step. */
function hashOf(codes: Int32Array, from: number, words: number): number {
  let hash = 0
  for (let w = 0; w < words; w++) {
    hash = Math.imul(hash ^ codes[from + w], 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash
}
