import { gather, Key, type Tensor, tensor } from '@facet/tensor'
import { describe, expectOptions } from '@facet/tensor/checks'

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
 * @param options.validation share held out, in (0, 1)
 * @throws RangeError if the share is outside (0, 1) or there are fewer than two samples; TypeError for an unknown option
 * @example
 * const data = key(0).normal([30, 128])
 * const { train, validation } = split(data, { validation: 0.2, key: key(0).child('split') })
 */
export function split(data: Tensor, options: { validation: number; key: Key }): Split {
  expectOptions('split', options, ['validation', 'key'])
  const [count] = data.shape
  const { validation, key } = options
  if (!(key instanceof Key)) throw new TypeError(`split: key: expected key(seed), got ${describe(key)}`)
  if (!(validation > 0 && validation < 1)) {
    throw new RangeError(`split: validation: expected a share between 0 and 1, got ${describe(validation)}`)
  }
  if (data.rank < 1 || count < 2) {
    throw new RangeError(`split: expected at least 2 samples, got data [${data.shape.join(', ')}]`)
  }
  const held = Math.min(count - 1, Math.max(1, Math.round(validation * count)))
  const order = key.permutation(count)
  const validationIndices = order.slice(0, held).sort()
  const trainIndices = order.slice(held).sort()
  return {
    train: gather(data, tensor(trainIndices)),
    validation: gather(data, tensor(validationIndices)),
    trainIndices,
    validationIndices,
  }
}
