import { valueAndContributions } from '@facet/autograd'
import { type Contribution, gather, type Key, keep, scope, sharesMemory, Tensor, tensor } from '@facet/tensor'
import { dispatch, type Recording, record, rewrite } from '@facet/tensor/dispatch'
import type { Objective } from '../objectives/objective.ts'
import { evaluate } from '../objectives/sum.ts'
import { type Parameter, withValues } from '../parameter.ts'
import type { OptimizerRun, Update } from './optimizer.ts'

/** Loss and gradients of one batch. */
export interface BatchGradients {
  readonly loss: Tensor
  /** Of each objective, weighted. */
  readonly losses: readonly Tensor[]
  readonly reported: Readonly<Record<string, Tensor>>
  /** Terms of each parameter's gradient. */
  readonly contributions: readonly (readonly Contribution[])[]
  /** The optimizer's step along them. */
  readonly update: Update
}

/** A batch size that has been recorded. */
interface Replay {
  readonly indices: Tensor
  /** Of the parameters, when it was recorded. */
  readonly values: readonly Tensor[]
  readonly recording: Recording<BatchGradients>
  isChecked: boolean
}

/** How steps were carried out. */
export interface Execution {
  readonly eager: number
  readonly replayed: number
  /** Why steps were not replayed; `null` if they were, or there were too few to begin. */
  readonly obstacle: string | null
}

interface Problem {
  readonly train: Tensor
  readonly objectives: readonly Objective[]
  readonly parameters: readonly Parameter[]
  readonly optimizer: OptimizerRun
}

/**
 * Loss and gradients, batch by batch. The first step of a batch size is recorded while it runs, the second runs both ways, and
 * where the bits agree all others are replayed (DESIGN 14).
 */
export class Gradients {
  readonly #problem: Problem
  readonly #replays = new Map<number, Replay>()
  #isReplaying: boolean
  #obstacle: string | null = null
  #eager = 0
  #replayed = 0

  constructor(problem: Problem, replay: boolean) {
    this.#problem = problem
    this.#isReplaying = replay
  }

  get execution(): Execution {
    return { eager: this.#eager, replayed: this.#replayed, obstacle: this.#obstacle }
  }

  /** Call it inside a scope, and use what it returns there. */
  of(indices: Int32Array, key: Key): BatchGradients {
    if (!this.#isCurrent()) this.release()
    const replay = this.#replays.get(indices.length)
    if (!this.#isReplaying || (replay === undefined && this.#replays.size === MOST_SIZES)) {
      this.#eager++
      return this.#compute(tensor(indices), indices, key)
    }
    if (replay === undefined) return this.#record(indices, key)
    rewrite(replay.indices, indices)
    replay.recording.replay(key)
    if (!replay.isChecked) return this.#check(replay, indices, key)
    this.#replayed++
    return replay.recording.result
  }

  /**
   * Computes a replayed step the ordinary way as well, in the memory of the recording: beside it, it would be as much again.
   * Where the bits are the same, nothing of that is left.
   */
  #check(replay: Replay, indices: Int32Array, key: Key): BatchGradients {
    const { recording } = replay
    this.#eager++
    replay.isChecked = true
    const other = recording.within(() =>
      scope(() => {
        const eager = this.#compute(tensor(indices), indices, key)
        return sameBits(eager, recording.result) ? null : eager
      }),
    )
    if (other !== null) {
      this.#giveUp('a replayed step gave other bits')
      this.release()
    } else if (!recording.isWhole) {
      this.#giveUp('it keeps tensors that it makes in a step')
    }
    return other ?? recording.result
  }

  /** Whether the parameters are the tensors that were recorded: somebody may have given them others between two steps. */
  #isCurrent(): boolean {
    const { parameters } = this.#problem
    for (const { values } of this.#replays.values()) {
      for (let i = 0; i < values.length; i++) if (parameters[i].value !== values[i]) return false
    }
    return true
  }

  release(): void {
    for (const { indices, recording } of this.#replays.values()) {
      for (const t of tensorsOf(recording.result)) if (recording.made(t)) t.dispose()
      recording.dispose()
      indices.dispose()
    }
    this.#replays.clear()
  }

  #record(indices: Int32Array, key: Key): BatchGradients {
    this.#eager++
    const places = keep(tensor(indices))
    const { recording, obstacle, result } = record(key, () => this.#compute(places, indices, key))
    if (recording === null) {
      places.dispose()
      this.#giveUp(obstacle)
      return result
    }
    for (const t of tensorsOf(result)) if (recording.made(t)) keep(t)
    const values = this.#problem.parameters.map((parameter) => parameter.value)
    this.#replays.set(indices.length, { indices: places, values, recording, isChecked: false })
    return result
  }

  #giveUp(obstacle: string): void {
    this.#isReplaying = false
    this.#obstacle = obstacle
  }

  #compute(places: Tensor, indices: Int32Array, key: Key): BatchGradients {
    const { train, objectives, parameters, optimizer } = this.#problem
    return scope(() => {
      const batch = { x: gather(train, places), indices }
      const differentiate = valueAndContributions(
        (values: readonly Tensor[]) =>
          withValues(parameters, values, () => {
            const { loss, losses, values: reported } = evaluate(objectives, batch, key)
            return [loss, { losses, reported }] as const
          }),
        { aux: true },
      )
      const { value, aux, contributions } = differentiate(parameters.map((parameter) => parameter.value))
      const own = contributions.map((terms) => terms.map((term) => apartFrom(parameters, term)))
      return { loss: value, ...aux, contributions: own, update: optimizer.prepare(own) }
    })
  }
}

/**
 * A term of one gradient may be another parameter (in the product of two) or the parameter itself, and would change
 * while the optimizer is at work: such terms are copied.
 */
function apartFrom(parameters: readonly Parameter[], term: Contribution): Contribution {
  if (term instanceof Tensor) return isApart(parameters, term) ? term : copyOf(term)
  const { left, right, shape } = term
  if (isApart(parameters, left) && isApart(parameters, right)) return term
  return { left: copyOf(left), right: copyOf(right), shape }
}

function isApart(parameters: readonly Parameter[], t: Tensor): boolean {
  for (const { value } of parameters) if (sharesMemory(value, t)) return false
  return true
}

/** By an op, which is recorded. */
const copyOf = (t: Tensor): Tensor => dispatch('broadcastTo', [t], { shape: t.shape })[0]

/** Batch sizes that are recorded: the whole batches and the last one of an epoch. */
const MOST_SIZES = 2

const tensorsOf = ({ loss, losses, reported, contributions }: BatchGradients): Tensor[] => [
  loss,
  ...losses,
  ...Object.values(reported),
  ...contributions.flat().flatMap((term) => (term instanceof Tensor ? [term] : [term.left, term.right])),
]

function sameBits(a: BatchGradients, b: BatchGradients): boolean {
  const [left, right] = [tensorsOf(a), tensorsOf(b)]
  return (
    left.length === right.length &&
    left.every((t, i) => {
      const [x, y] = [t.dataSync(), right[i].dataSync()]
      return x.length === y.length && x.every((value, j) => Object.is(value, y[j]))
    })
  )
}
