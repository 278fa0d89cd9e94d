/** Where a run stands; epochs, batches and steps count from 0, times are in seconds of this call. */
export interface Progress {
  readonly epochs: number
  readonly stepsPerEpoch: number
  /** Steps done, those of a resumed run included. */
  readonly stepsDone: number
  readonly totalSteps: number
  readonly elapsed: number
  /** An estimate: the time a step has taken so far, all included, times the steps left. */
  readonly remaining: number
}

/** A stopwatch for a run of `totalSteps` of which `stepsBefore` were done earlier. */
export class ProgressClock {
  readonly #start = performance.now()
  readonly #epochs: number
  readonly #stepsPerEpoch: number
  readonly #stepsBefore: number

  constructor(epochs: number, stepsPerEpoch: number, stepsBefore: number) {
    this.#epochs = epochs
    this.#stepsPerEpoch = stepsPerEpoch
    this.#stepsBefore = stepsBefore
  }

  at(stepsDone: number): Progress {
    const totalSteps = this.#epochs * this.#stepsPerEpoch
    const elapsed = (performance.now() - this.#start) / 1000
    const perStep = elapsed / Math.max(1, stepsDone - this.#stepsBefore)
    return {
      epochs: this.#epochs,
      stepsPerEpoch: this.#stepsPerEpoch,
      stepsDone,
      totalSteps,
      elapsed,
      remaining: perStep * (totalSteps - stepsDone),
    }
  }
}
