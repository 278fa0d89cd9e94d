import { gather, type Key, type Tensor, tensor } from '@facet/tensor'
import { aKey, describe, type OptionKind, type OptionsOf, optionTable, required } from '@facet/tensor/checks'

/** How many of `count` are held out: at least one on each side. */
export const heldCount = (count: number, share: number): number =>
  Math.min(count - 1, Math.max(1, Math.round(share * count)))

/** Which of `count` a key holds out, both lists ascending. */
export function randomlyHeld(count: number, share: number, key: Key): { held: Int32Array; rest: Int32Array } {
  const held = heldCount(count, share)
  const order = key.permutation(count)
  return { held: order.slice(0, held).sort(), rest: order.slice(held).sort() }
}

const aShare: OptionKind<number> = {
  check(operation, option, value) {
    if (typeof value === 'number' && value > 0 && value < 1) return
    throw new RangeError(`${operation}: ${option}: expected a share between 0 and 1, got ${describe(value)}`)
  },
}

const splitOptions = optionTable('split', {
  /** Share held out, in (0, 1). */
  validation: required(aShare),
  /** Which samples are held out. */
  key: required(aKey),
})

/** The settings of {@link split}. */
export type SplitOptions = OptionsOf<typeof splitOptions>

/** Two disjoint parts of a data set and which samples they are. */
export interface Split {
  /** `[n − v, d]` */
  readonly train: Tensor
  /** `[v, d]` */
  readonly validation: Tensor
  readonly trainIndices: Int32Array
  readonly validationIndices: Int32Array
}

/**
 * Holds out a random share of `data [n, d]`: v = round(validation · n) samples, at least one on each side. Both parts
 * keep the order of `data`; the same key holds out the same samples.
 *
 * @throws RangeError if the share is outside (0, 1) or there are fewer than two samples; TypeError for an unknown option
 * @example
 * const data = key(0).normal([30, 128])
 * const { train, validation } = split(data, { validation: 0.2, key: key(0).child('split') })
 */
export function split(data: Tensor, options: SplitOptions): Split {
  const { validation, key } = splitOptions.resolve(options)
  const [count] = data.shape
  if (data.rank < 1 || count < 2) {
    throw new RangeError(`split: expected at least 2 samples, got data [${data.shape.join(', ')}]`)
  }
  const { held: validationIndices, rest: trainIndices } = randomlyHeld(count, validation, key)
  return {
    train: gather(data, tensor(trainIndices)),
    validation: gather(data, tensor(validationIndices)),
    trainIndices,
    validationIndices,
  }
}
