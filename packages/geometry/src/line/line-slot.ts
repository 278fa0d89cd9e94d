/**
 * The numbers of a slot as affine forms on a line, on the region that a walk is in: their values at both ends of the line, t = 0 and t = 1, and a bound on
 * how far either is from the truth. What was there before is kept of the numbers that change.
 */
export class LineSlot {
  readonly at0: Float64Array
  readonly at1: Float64Array
  readonly error: Float64Array
  readonly old0: Float64Array
  readonly old1: Float64Array
  readonly oldError: Float64Array
  /** The places that changed in this crossing: the first `count`. */
  readonly changed: Int32Array
  count = 0
  /** All of them were computed anew, and nothing old was kept. */
  isNew = false
  readonly size: number
  readonly #isChanged: Uint8Array

  constructor(size: number) {
    this.size = size
    const numbers = () => new Float64Array(size)
    this.at0 = numbers()
    this.at1 = numbers()
    this.error = numbers()
    this.old0 = numbers()
    this.old1 = numbers()
    this.oldError = numbers()
    this.changed = new Int32Array(size)
    this.#isChanged = new Uint8Array(size)
  }

  /** Before a number is changed. */
  touch(place: number): void {
    if (this.#isChanged[place] === 1) return
    this.#isChanged[place] = 1
    this.changed[this.count++] = place
    this.old0[place] = this.at0[place]
    this.old1[place] = this.at1[place]
    this.oldError[place] = this.error[place]
  }

  /** The same numbers with a smaller bound leave all that was computed from them as it is. */
  set(place: number, at0: number, at1: number, error: number): void {
    if (at0 !== this.at0[place] || at1 !== this.at1[place] || !(error <= this.error[place])) {
      this.touch(place)
      this.at0[place] = at0
      this.at1[place] = at1
    }
    this.error[place] = error
  }

  /** The crossing is over. */
  settle(): void {
    for (let k = 0; k < this.count; k++) this.#isChanged[this.changed[k]] = 0
    this.count = 0
    this.isNew = false
  }
}
