import { leavingShare } from '@facet/geometry'
import type { Autoencoder } from '@facet/models'
import { concat, key, mean, rows, scope, square, stack, sub, type Tensor, tensor } from '@facet/tensor'
import { type WideBanks, wideBanksOf } from '../run/banks.ts'
import type { DataFacts } from '../run/data-facts.ts'
import { asTensor } from '../run/make-data.ts'
import type { Recipe } from '../state/recipe.ts'
import type { SymmetryFacts, Wishes } from './messages.ts'
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

/** A sample's ways along a generator and those that it is compared with. */
interface Paths {
  readonly chosen: NamedMovement
  readonly row: number
  /** θ of each place. */
  readonly places: Float32Array
  readonly movements: readonly NamedMovement[]
  /** Samples at all places, movement after movement. */
  readonly grid: Float32Array
}

/** The symmetries of a run's data: what moves a sample, and what the autoencoder makes of it on the way. Keeps no tensors. */
export class Symmetry {
  readonly #facts: DataFacts
  readonly #given: readonly NamedMovement[]
  readonly #tests: NullTests
  #last: Paths | null = null

  /** Loads the generators of series and images where samples are such. */
  static async of(facts: DataFacts, recipe: Recipe): Promise<Symmetry> {
    return new Symmetry(facts, recipe, await wideBanksOf(facts))
  }

  private constructor(facts: DataFacts, { seed }: Recipe, wide: WideBanks | null) {
    this.#facts = facts
    this.#given = givenMovements(facts, wide)
    this.#tests = new NullTests(facts, key(seed).child('explorer', 'null tests'), wide)
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
    const { width, kind, train } = this.#facts
    const all = this.#movements(learned)
    if (all.length === 0) return nothing
    const chosen = all[Math.min(wish.generator, all.length - 1)]
    const row = Math.min(wish.sample, train.length / width - 1)
    const theta = Math.max(-chosen.reach, Math.min(chosen.reach, wish.theta))
    return scope(() => {
      const x = tensor(train.slice(row * width, (row + 1) * width), { shape: [1, width] })
      const { places, movements, grid } = this.#pathsOf(chosen, row, x)
      const count = movements.length
      const here = concat(
        movements.map((movement) => movement.path(x, tensor(Float32Array.of(theta)))),
        0,
      )
      const leaving = leavingAt(model, here, movements)
      const [now, along] = [here, asTensor(grid, width)].map((moved) => measured(model, moved, count))
      return {
        generators: all.map(({ name }) => name),
        theta,
        rows: movements.map(({ name }, i) => ({
          name,
          moved: now[i].moved,
          reconstructed: now[i].reconstructed,
          error: now[i].errors[0],
          leaving: leaving[i],
        })),
        along: {
          theta: places,
          errors: along.map(({ errors }) => errors),
          paths:
            kind === 'points' && width <= MOST_DRAWN
              ? along.map(({ moved, reconstructed }) => ({ moved, reconstructed }))
              : [],
        },
      }
    })
  }

  /** What moves a sample, and where to. Of given generators it is the same whatever the weights are. */
  #pathsOf(chosen: NamedMovement, row: number, x: Tensor): Paths {
    if (this.#last?.chosen === chosen && this.#last.row === row) return this.#last
    const { reach } = chosen
    const places = Float32Array.from({ length: PLACES }, (_, i) => reach * ((2 * i) / (PLACES - 1) - 1))
    const movements = [chosen, ...this.#tests.of(chosen, x)]
    const paths = movements.map((movement) => movement.path(x, tensor(places)))
    const grid = Float32Array.from(concat(paths, 0).dataSync())
    this.#last = { chosen, row, places, movements, grid }
    return this.#last
  }

  #movements(learned: Float32Array | null): NamedMovement[] {
    return [...this.#given, ...learnedMovements(learned, this.#facts.width)]
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
