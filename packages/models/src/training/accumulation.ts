import { type Contribution, keep, prepareUpdate, scope, type Tensor, zerosLike } from '@facet/tensor'
import type { Clip } from './clip-gradient.ts'
import type { Gradients } from './gradients.ts'
import type { StepPosition } from './loss-step.ts'
import type { OptimizerRun } from './optimizer.ts'
import { finiteNorm, lookAt, type StepContext } from './step.ts'
import type { TrainedParameters } from './tied.ts'

/** Takes one micro-batch's gradients in, with its share of the step's samples. */
export type TakeIn = (share: number, isFirst: boolean) => void

/** Where the gradients of micro-batches are summed up: a tensor for each parameter, made once. */
export class GradientSums {
  readonly sums: readonly Tensor[]

  constructor({ distinct }: TrainedParameters) {
    this.sums = distinct.map(({ value }) => keep(zerosLike(value)))
  }

  /** What an optimizer's `prepare` is to a whole batch. */
  prepare(contributions: readonly (readonly Contribution[])[]): TakeIn {
    const updates = this.sums.map((parameter, i) =>
      prepareUpdate('accumulate', { parameter }, contributions[i]),
    )
    return (share, isFirst) => {
      const numbers = { weight: share, decay: isFirst ? 1 : 0 }
      for (const update of updates) update(numbers)
    }
  }

  release(): void {
    for (const sum of this.sums) sum.dispose()
  }
}

/** A step of several micro-batches. */
export interface Accumulation {
  /** Samples of a micro-batch; the last one of an epoch is smaller where it does not divide the set. */
  readonly batchSize: number
  readonly gradients: Gradients<TakeIn>
  readonly sums: GradientSums
  readonly clip: Clip | null
  readonly optimizer: OptimizerRun
}

/**
 * One training step in micro-batches, each weighted by its share of the samples: for losses that are means over samples, the step of all of
 * them as one batch, in the memory of one micro-batch. Micro-batch j draws from `key.child('part', j)`.
 *
 * @param isRead whether to wait for the losses
 * @returns the means over the samples of `loss` and of the objectives' values; nothing where they are not read.
 * @throws Error as `trainStep` does, before any weight has changed.
 */
export function accumulatedStep(
  context: StepContext,
  { batchSize, gradients, sums, clip, optimizer }: Accumulation,
  indices: Int32Array,
  at: StepPosition,
  isRead: boolean,
): Record<string, number> {
  const means: Record<string, number> = {}
  for (let from = 0; from < indices.length; from += batchSize) {
    const part = indices.slice(from, from + batchSize)
    const share = part.length / indices.length
    scope(() => {
      const batch = gradients.of(part, { ...at, key: at.key.child('part', from / batchSize) })
      if (isRead) {
        const values = lookAt(context, batch, at.step)
        for (const name in values) means[name] = (means[name] ?? 0) + share * values[name]
      }
      batch.apply(share, from === 0)
    })
  }
  scope(() => {
    const whole = sums.sums.map((sum) => [sum])
    const { contributions, norm } = clip?.(whole, sums.sums[0].dtype) ?? { contributions: whole, norm: null }
    if (isRead && norm !== null) means.gradientNorm = finiteNorm(context, norm, at.step)
    optimizer.prepare(contributions)(at.step, at.totalSteps)
  })
  return means
}
