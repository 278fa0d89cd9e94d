import { generatorShapes } from '@facet/geometry'
import { div, eye, type Key, norm, reshape, scope, sub, type Tensor, transpose } from '@facet/tensor'
import type { WideBanks } from '../run/banks.ts'
import type { DataFacts } from '../run/data-facts.ts'
import { HALF_TURN, mainPair, type NamedMovement, ofRotationSize } from './symmetry-given.ts'
import { alongBank, alongMatrix, alongPlane, faster, inOrder, type Movement } from './symmetry-movement.ts'

/** Above so many numbers a random matrix only roughens samples: what moves them at random then is smooth. */
const WIDEST_MATRIX = 64

/** Bumps of the random trend of a series. */
const BUMPS = 8

/** Shares of the squared size that is skew-symmetric, above which a matrix is taken for a rotation. */
const ROTATES = 0.999

/** What is asked of the samples. */
type Samples = Pick<DataFacts, 'kind' | 'width' | 'image'>

/**
 * Movements of the same size that have nothing to do with the data: what a generator's numbers are to be compared with.
 *
 * - `random`: a random matrix, skew-symmetric where the chosen one is and more than one rotation exists. Of more than 64 numbers, where a random matrix only
 *   makes noise, a smooth change at random: a trend of series, a warp of images; of points the turn of a random plane;
 * - `permuted`: the chosen one in permuted coordinates. Of the plane there is none: a rotation with its two axes exchanged is the same one.
 */
export class NullTests {
  readonly #width: number
  readonly #key: Key
  readonly #order: Int32Array
  /** A random movement that is not a matrix; `null` where one is drawn. */
  readonly #smooth: Movement | null

  constructor(samples: Samples, key: Key, wide: WideBanks | null) {
    this.#width = samples.width
    this.#key = key.child('random')
    // Of three axes a cycle, for a swap can leave a rotation what it is.
    this.#order =
      samples.width === 3 ? Int32Array.of(1, 2, 0) : key.child('permuted').permutation(samples.width)
    this.#smooth = samples.width <= WIDEST_MATRIX ? null : smoothMovement(samples, this.#key, wide)
  }

  /** @param x the sample [1, d], at which both are as long */
  of(chosen: NamedMovement, x: Tensor): NamedMovement[] {
    const random = { name: 'random', ...this.#randomLike(chosen, x) }
    return this.#width < 3 ? [random] : [random, { name: 'permuted', ...inOrder(chosen, this.#order) }]
  }

  #randomLike(chosen: Movement, x: Tensor): Movement {
    const [width, smooth] = [this.#width, this.#smooth]
    if (smooth === null) return randomMatrix(width, width > 2 && rotates(chosen, width), this.#key)
    const factor = scope(() => div(norm(chosen.field(x)), norm(smooth.field(x))).item())
    return { ...faster(smooth, Number.isFinite(factor) ? factor : 0), reach: chosen.reach }
  }
}

function smoothMovement({ kind, width, image }: Samples, key: Key, wide: WideBanks | null): Movement {
  // The main axes of three random points are two random directions at right angles.
  if (wide === null || kind === 'points')
    return alongPlane(
      mainPair(() => key.normal([3, width])),
      HALF_TURN,
    )
  const bank = image
    ? wide.imageBank({ ...image, parts: 'l' })
    : wide.seriesBank({ length: width, parts: 'T', bumps: BUMPS })
  return alongBank(bank, Array.from(key.normalArray(bank.size)), 1)
}

const randomMatrix = (width: number, isSkew: boolean, key: Key): Movement =>
  alongMatrix(
    scope(() => {
      const any = key.normal([width, width], 'float64')
      return ofRotationSize(isSkew ? sub(any, transpose(any)) : any)
    }),
    HALF_TURN,
  )

/** Whether G is skew-symmetric, from what it does to the axes: their fields are the columns of G. */
const rotates = (movement: Movement, width: number): boolean =>
  scope(() => {
    const columns = movement.field(eye(width))
    return generatorShapes(reshape(columns, [1, width, width]))[0].skewShare > ROTATES
  })
