import { leavingShare } from '@facet/geometry'
import type { Autoencoder } from '@facet/models'
import {
  concat,
  key,
  mean,
  reshape,
  rows,
  scope,
  square,
  stack,
  sub,
  type Tensor,
  tensor,
} from '@facet/tensor'
import type { Recipe } from '../state/recipe.ts'
import type { DataFacts, SymmetryFacts, Wishes } from './messages.ts'
import { givenMovements, learnedMovements, type NamedMovement } from './symmetry-given.ts'
import { NullTests } from './symmetry-null.ts'

/** Places of θ on the curve: an odd number, so that 0 is one of them. */
const PLACES = 61

/** Points of more dimensions are drawn as rows of numbers, without paths. */
const MOST_DRAWN = 3

/** What is there where nothing moves the samples. */
const nothing: SymmetryFacts = {
  generators: [],
  theta: 0,
  rows: [],
  along: { theta: new Float32Array(0), errors: [], paths: [] },
}

/** The symmetries of a run's data: what moves a sample, and what the autoencoder makes of it on the way. Keeps no tensors. */
export class Symmetry {
  readonly #facts: DataFacts
  readonly #given: readonly NamedMovement[]
  readonly #tests: NullTests

  constructor(facts: DataFacts, { seed }: Recipe) {
    this.#facts = facts
    this.#given = givenMovements(facts)
    this.#tests = new NullTests(facts, key(seed).child('explorer', 'null tests'))
  }

  /** Names of given generators, then of learned ones. @param learned [count, d, d] */
  generators(learned: Float32Array | null): string[] {
    return this.#movements(learned).map(({ name }) => name)
  }

  /**
   * A sample moved along the generator of a number, by a random one of its size and by itself in permuted coordinates. Numbers beyond the last are the
   * last, and θ stays within the generator's reach.
   */
  facts(
    model: Autoencoder,
    learned: Float32Array | null,
    wish: NonNullable<Wishes['symmetry']>,
  ): SymmetryFacts {
    const all = this.#movements(learned)
    if (all.length === 0) return nothing
    const chosen = all[Math.min(wish.generator, all.length - 1)]
    const { reach } = chosen
    const theta = Math.max(-reach, Math.min(reach, wish.theta))
    const places = Float32Array.from({ length: PLACES }, (_, i) => reach * ((2 * i) / (PLACES - 1) - 1))
    return scope(() => {
      const x = this.#sample(wish.sample)
      const movements = [chosen, ...this.#tests.of(chosen, x)]
      const wanted = tensor(Float32Array.of(...places, theta))
      const paths = movements.map((movement) => movement.path(x, wanted))
      const numbers = measured(model, concat(paths, 0), movements.length)
      const here = stack(
        paths.map((path) => rows(path, PLACES, PLACES + 1)),
        0,
      )
      const leaving = leavingAt(model, reshape(here, [movements.length, this.#facts.width]), movements)
      const { width, kind } = this.#facts
      return {
        generators: all.map(({ name }) => name),
        theta,
        rows: movements.map(({ name }, i) => ({
          name,
          moved: numbers[i].moved.slice(PLACES * width),
          reconstructed: numbers[i].reconstructed.slice(PLACES * width),
          error: numbers[i].errors[PLACES],
          leaving: leaving[i],
        })),
        along: {
          theta: places,
          errors: numbers.map(({ errors }) => errors.slice(0, PLACES)),
          paths:
            kind === 'points' && width <= MOST_DRAWN
              ? numbers.map(({ moved, reconstructed }) => ({
                  moved: moved.slice(0, PLACES * width),
                  reconstructed: reconstructed.slice(0, PLACES * width),
                }))
              : [],
        },
      }
    })
  }

  #movements(learned: Float32Array | null): NamedMovement[] {
    return [...this.#given, ...learnedMovements(learned, this.#facts.width)]
  }

  /** Row of the training part [1, d]; the last for a number beyond. */
  #sample(wished: number): Tensor {
    const { train, width } = this.#facts
    const row = Math.min(wished, train.length / width - 1)
    return tensor(train.slice(row * width, (row + 1) * width), { shape: [1, width] })
  }
}

/** Samples, what is made of them and the errors, of each of so many movements. */
function measured(model: Autoencoder, moved: Tensor, count: number) {
  const reconstructed = model.reconstruct(moved)
  const errors = mean(square(sub(moved, reconstructed)), 1)
  const [all, made, error] = [moved, reconstructed, errors].map((t) => t.dataSync() as Float32Array)
  const part = (values: Float32Array, i: number) =>
    values.slice((i * values.length) / count, ((i + 1) * values.length) / count)
  return Array.from({ length: count }, (_, i) => ({
    moved: part(all, i),
    reconstructed: part(made, i),
    errors: part(error, i),
  }))
}

/** Of each movement at its own sample: x [n, d]. */
function leavingAt(model: Autoencoder, x: Tensor, movements: readonly NamedMovement[]): ArrayLike<number> {
  const fields = movements.map((movement, i) => movement.field(rows(x, i, i + 1)))
  return leavingShare(model, x, stack(fields, 0)).dataSync()
}
