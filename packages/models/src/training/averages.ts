import { keep, prepareUpdate, type Tensor, zerosLike } from '@facet/tensor'
import { wholePower } from '@facet/tensor/checks'
import { withValues } from '../parameter.ts'
import { deviceTensor, type HostArray, hostArray } from './state.ts'
import { spread, type TrainedParameters } from './tied.ts'

type Follow = (params: { weight: number; decay: number }) => void

/**
 * The exponential moving average of every parameter, kept beside it: after step t (from 1) the mean of the weights after steps 1 … t,
 * weighted by `decay ** (t − i)`. The bias is corrected as in Adam's moments and `optax.ema`: the weights before training have no part in
 * it, and a short run has the plain mean.
 */
export class Averages {
  readonly #parameters: TrainedParameters
  readonly #decay: number
  readonly #values: readonly Tensor[]
  /** Of the parameters, when their updates were prepared. */
  #followed: readonly Tensor[] = []
  #follow: readonly Follow[] = []

  /** `saved` are those of a checkpoint. */
  constructor(parameters: TrainedParameters, decay: number, saved: readonly HostArray[] | null) {
    this.#parameters = parameters
    this.#decay = decay
    this.#values = saved?.map(deviceTensor) ?? parameters.distinct.map(({ value }) => keep(zerosLike(value)))
  }

  /** Takes the weights after a step in, in place; `step` counts from 0. */
  follow(step: number): void {
    const { distinct } = this.#parameters
    if (!distinct.every(({ value }, i) => value === this.#followed[i])) {
      this.#followed = distinct.map(({ value }) => value)
      this.#follow = this.#values.map((average, i) =>
        prepareUpdate('accumulate', { parameter: average }, [this.#followed[i]]),
      )
    }
    // (1 − d) / (1 − dᵗ): what the newest has among the weights d⁰ … dᵗ⁻¹. Exactly 1 at first.
    const weight = (1 - this.#decay) / (1 - wholePower(this.#decay, step + 1))
    for (const follow of this.#follow) follow({ weight, decay: weight })
  }

  /** Runs `f` with the averages in the parameters. */
  within<T>(f: () => T): T {
    return withValues(this.#parameters.all, spread(this.#parameters, this.#values), f)
  }

  toHost(): HostArray[] {
    return this.#values.map(hostArray)
  }

  release(): void {
    for (const value of this.#values) value.dispose()
  }
}
