import { valueAndContributions } from '@facet/autograd'
import { type Contribution, gather, type Key, keep, scope, Tensor, tensor } from '@facet/tensor'
import { type Recording, record, rewrite } from '@facet/tensor/dispatch'
import type { Objective } from '../objectives/objective.ts'
import { evaluate } from '../objectives/sum.ts'
import { type Parameter, withValues } from '../parameter.ts'

/** Loss and gradients of one batch. */
export interface BatchGradients {
  readonly loss: Tensor
  /** Of each objective, weighted. */
  readonly losses: readonly Tensor[]
  readonly reported: Readonly<Record<string, Tensor>>
  /** Terms of each parameter's gradient. */
  readonly contributions: readonly (readonly Contribution[])[]
}

/** A batch size that has been recorded. */
interface Replay {
  readonly indices: Tensor
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
    const replay = this.#replays.get(indices.length)
    if (!this.#isReplaying || (replay === undefined && this.#replays.size === MOST_SIZES)) {
      this.#eager++
      return this.#compute(tensor(indices), indices, key)
    }
    if (replay === undefined) return this.#record(indices, key)
    rewrite(replay.indices, indices)
    replay.recording.replay(key)
    const again = replay.recording.result
    if (replay.isChecked) {
      this.#replayed++
      return again
    }
    this.#eager++
    const eager = this.#compute(tensor(indices), indices, key)
    replay.isChecked = true
    if (!sameBits(eager, again)) this.#giveUp('a replayed step gave other bits')
    return eager
  }

  release(): void {
    for (const { indices, recording } of this.#replays.values()) {
      recording.dispose()
      indices.dispose()
      const { parameters } = this.#problem
      for (const t of tensorsOf(recording.result))
        if (!parameters.some((parameter) => parameter.value === t)) t.dispose()
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
    for (const t of tensorsOf(result)) keep(t)
    this.#replays.set(indices.length, { indices: places, recording, isChecked: false })
    return result
  }

  #giveUp(obstacle: string): void {
    this.#isReplaying = false
    this.#obstacle = obstacle
  }

  #compute(places: Tensor, indices: Int32Array, key: Key): BatchGradients {
    const { train, objectives, parameters } = this.#problem
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
      return { loss: value, ...aux, contributions }
    })
  }
}

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
