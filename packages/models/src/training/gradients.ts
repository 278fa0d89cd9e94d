import { valueAndContributions } from '@facet/autograd'
import { type Contribution, keep, scope, sharesMemory, Tensor, tensor } from '@facet/tensor'
import { copied, type Recording, record, rewrite } from '@facet/tensor/dispatch'
import { evaluate, type NamedRuns } from '../objectives/sum.ts'
import { type Parameter, withValues } from '../parameter.ts'
import { batchOf } from './batch.ts'
import { CheckTimes } from './check-times.ts'
import type { Clip } from './clip-gradient.ts'
import { lossStep, type ScheduledScalar, type StepPosition, writeScheduled } from './loss-step.ts'
import type { Samples } from './samples.ts'
import { spread, type TrainedParameters } from './tied.ts'

/** Loss and gradients of one batch, and what is done with the gradients. */
export interface BatchGradients<A> {
  readonly loss: Tensor
  /** Of each objective, weighted. */
  readonly losses: readonly Tensor[]
  readonly reported: Readonly<Record<string, Tensor>>
  /** Terms of each parameter's gradient, clipped. */
  readonly contributions: readonly (readonly Contribution[])[]
  /** Of the gradient before it was clipped, where it is clipped by its norm. */
  readonly norm: Tensor | null
  /** The optimizer's step along them, or their sum with those of other batches. */
  readonly apply: A
}

/** A batch size that has been recorded. */
interface Replay<A> {
  readonly indices: Tensor
  readonly scheduled: readonly ScheduledScalar[]
  /** Of the parameters, when it was recorded. */
  readonly values: readonly Tensor[]
  readonly recording: Recording<BatchGradients<A>>
  readonly checks: CheckTimes
}

/** How steps were carried out. */
export interface Execution {
  /** Steps whose loss was called. */
  readonly eager: number
  readonly replayed: number
  /** Why steps were not replayed; `null` if they were, or there were too few to begin. */
  readonly obstacle: string | null
}

interface Problem<A> {
  readonly train: Samples
  readonly objectives: NamedRuns
  readonly parameters: TrainedParameters
  readonly clip: Clip | null
  /** Prepares what is done with the terms of a batch: an optimizer, or sums. A replayed step does it again with other numbers in them. */
  readonly target: { prepare(contributions: readonly (readonly Contribution[])[]): A }
}

/**
 * Loss and gradients, batch by batch. The first step of a batch size is recorded while it runs, the second runs both ways, and
 * where the bits agree others are replayed; ever rarer ones run both ways again.
 */
export class Gradients<A> {
  readonly #problem: Problem<A>
  readonly #replays = new Map<number, Replay<A>>()
  #isReplaying: boolean
  #obstacle: string | null = null
  #eager = 0
  #replayed = 0

  constructor(problem: Problem<A>, replay: boolean) {
    this.#problem = problem
    this.#isReplaying = replay
  }

  get execution(): Execution {
    return { eager: this.#eager, replayed: this.#replayed, obstacle: this.#obstacle }
  }

  /** Call it inside a scope, and use what it returns there. */
  of(indices: Int32Array, at: StepPosition): BatchGradients<A> {
    if (!this.#isCurrent()) this.release()
    const replay = this.#replays.get(indices.length)
    if (!this.#isReplaying || (replay === undefined && this.#replays.size === MOST_SIZES)) {
      this.#eager++
      return this.#compute(tensor(indices), indices, at)
    }
    if (replay === undefined) return this.#record(indices, at)
    rewrite(replay.indices, indices)
    for (const scalar of replay.scheduled) writeScheduled(scalar, at)
    replay.recording.replay(at.key)
    if (replay.checks.isDue()) return this.#check(replay, indices, at)
    this.#replayed++
    return replay.recording.result
  }

  /**
   * Computes a replayed step the ordinary way as well, in the memory of the recording: beside it, it would be as much again.
   * Where the bits are the same, nothing of that is left.
   *
   * @throws Error where they are not after other steps have been replayed.
   */
  #check(replay: Replay<A>, indices: Int32Array, at: StepPosition): BatchGradients<A> {
    const { recording, checks } = replay
    this.#eager++
    const other = recording.within(() =>
      scope(() => {
        const eager = this.#compute(tensor(indices), indices, at)
        return sameBits(eager, recording.result) ? null : eager
      }),
    )
    if (other !== null) {
      if (!checks.isFirst) throw new Error(this.#describeDifference(other, recording.result, at.step))
      this.#giveUp('a replayed step gave other bits')
      this.release()
    } else if (!recording.isWhole) {
      this.#giveUp('it keeps tensors that it makes in a step')
    }
    return other ?? recording.result
  }

  #describeDifference(
    eager: BatchGradients<unknown>,
    replayed: BatchGradients<unknown>,
    step: number,
  ): string {
    const { names } = this.#problem.objectives
    const place = names.findIndex((_, i) => !sameNumbers(eager.losses[i], replayed.losses[i]))
    const who = place < 0 ? 'a gradient' : `the loss of objective '${names[place]}'`
    return (
      `fit: ${who}, called anew at step ${step}, is not what the recorded step gives: it depends on something that replay cannot ` +
      'see, such as a count of its own, the time or Math.random(). Let it depend on at.key, at.step or amountAt(schedule, at) ' +
      'alone, or train with { replay: false }'
    )
  }

  /** Whether the parameters are the tensors that were recorded: somebody may have given them others between two steps. */
  #isCurrent(): boolean {
    const { all } = this.#problem.parameters
    for (const { values } of this.#replays.values()) {
      for (let i = 0; i < values.length; i++) if (all[i].value !== values[i]) return false
    }
    return true
  }

  release(): void {
    for (const { indices, scheduled, recording } of this.#replays.values()) {
      for (const t of tensorsOf(recording.result)) if (recording.made(t)) t.dispose()
      recording.dispose()
      for (const { scalar } of scheduled) scalar.dispose()
      indices.dispose()
    }
    this.#replays.clear()
  }

  #record(indices: Int32Array, at: StepPosition): BatchGradients<A> {
    this.#eager++
    const places = keep(tensor(indices))
    const scheduled: ScheduledScalar[] = []
    const { recording, obstacle, result } = record(at.key, () =>
      this.#compute(places, indices, at, scheduled),
    )
    if (recording === null) {
      places.dispose()
      for (const { scalar } of scheduled) scalar.dispose()
      this.#giveUp(obstacle)
      return result
    }
    for (const t of tensorsOf(result)) if (recording.made(t)) keep(t)
    const values = this.#problem.parameters.all.map((parameter) => parameter.value)
    const checks = new CheckTimes(at.key.child('check'))
    this.#replays.set(indices.length, { indices: places, scheduled, values, recording, checks })
    return result
  }

  #giveUp(obstacle: string): void {
    this.#isReplaying = false
    this.#obstacle = obstacle
  }

  #compute(
    places: Tensor,
    indices: Int32Array,
    position: StepPosition,
    scheduled: ScheduledScalar[] = [],
  ): BatchGradients<A> {
    const { train, objectives, parameters, clip, target } = this.#problem
    return scope(() => {
      const batch = batchOf(train, places, indices)
      const { dtype } = batch.x
      const at = lossStep(position, dtype as 'float32', scheduled)
      const differentiate = valueAndContributions(
        (values: readonly Tensor[]) =>
          withValues(parameters.all, spread(parameters, values), () => {
            const { loss, losses, values: reported } = evaluate(objectives, batch, at)
            return [loss, { losses, reported }] as const
          }),
        { aux: true },
      )
      const { distinct } = parameters
      const { value, aux, contributions } = differentiate(distinct.map((parameter) => parameter.value))
      const clipped = clip?.(contributions, dtype)
      const terms = clipped?.contributions ?? contributions
      const own = terms.map((of) => of.map((term) => apartFrom(distinct, term)))
      const norm = clipped?.norm ?? null
      return { loss: value, ...aux, contributions: own, norm, apply: target.prepare(own) }
    })
  }
}

/**
 * A term of one gradient may be another parameter (in the product of two) or the parameter itself, and would change
 * while the optimizer is at work: such terms are copied.
 */
function apartFrom(parameters: readonly Parameter[], term: Contribution): Contribution {
  if (term instanceof Tensor) return isApart(parameters, term) ? term : copied(term)
  const { left, right, shape } = term
  if (isApart(parameters, left) && isApart(parameters, right)) return term
  return { left: copied(left), right: copied(right), shape }
}

function isApart(parameters: readonly Parameter[], t: Tensor): boolean {
  for (const { value } of parameters) if (sharesMemory(value, t)) return false
  return true
}

/** Batch sizes that are recorded: the whole batches and the last one of an epoch. */
const MOST_SIZES = 2

const tensorsOf = ({ loss, losses, reported, contributions, norm }: BatchGradients<unknown>): Tensor[] => [
  loss,
  ...(norm === null ? [] : [norm]),
  ...losses,
  ...Object.values(reported),
  ...contributions.flat().flatMap((term) => (term instanceof Tensor ? [term] : [term.left, term.right])),
]

function sameBits(a: BatchGradients<unknown>, b: BatchGradients<unknown>): boolean {
  const [left, right] = [tensorsOf(a), tensorsOf(b)]
  return left.length === right.length && left.every((t, i) => sameNumbers(t, right[i]))
}

function sameNumbers(a: Tensor, b: Tensor): boolean {
  const [x, y] = [a.dataSync(), b.dataSync()]
  if (x.length !== y.length) return false
  for (let i = 0; i < x.length; i++) if (!Object.is(x[i], y[i])) return false
  return true
}
