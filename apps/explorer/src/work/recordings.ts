/** Weights kept of a run, at most. */
const MOST = 256

/** From one step that is kept to the next: 3 % further. */
const GROWTH = 1.03

/** Weights of a run at steps that lie ever further apart, so that all of it can be shown again. */
export class Recordings {
  readonly steps: number[] = []
  readonly #weights: Float32Array<ArrayBuffer>[] = []
  #next = 0

  /** Whether the weights of this step are to be kept. */
  isDue(step: number): boolean {
    return step >= this.#next
  }

  keep(step: number, weights: Float32Array<ArrayBuffer>): void {
    if (this.steps.length === MOST) {
      const isKept = (_: unknown, i: number) => i % 2 === 0
      this.steps.splice(0, MOST, ...this.steps.filter(isKept))
      this.#weights.splice(0, MOST, ...this.#weights.filter(isKept))
    }
    this.steps.push(step)
    this.#weights.push(weights)
    this.#next = Math.max(step + 1, Math.ceil(step * GROWTH))
  }

  /** The weights kept nearest to a step; `null` where none are. */
  nearest(step: number): { readonly step: number; readonly weights: Float32Array<ArrayBuffer> } | null {
    let best = -1
    this.steps.forEach((kept, i) => {
      if (best < 0 || Math.abs(kept - step) < Math.abs(this.steps[best] - step)) best = i
    })
    return best < 0 ? null : { step: this.steps[best], weights: this.#weights[best] }
  }
}
