import type { Key } from '@facet/tensor'
import { describe, expectOneOf } from '@facet/tensor/checks'
import { heldCount, randomlyHeld } from '../split.ts'
import type { Items } from './items.ts'
import { timeAt } from './steps.ts'

/** Items that are trained on, and those held out. */
export interface ItemSplit {
  /** Indices of items, ascending. */
  readonly train: Int32Array
  readonly validation: Int32Array
  /** Items in neither part of a split by time: windows that lie on both sides, and rows without a time. */
  readonly between: number
}

/** How items are split. */
export interface ItemSplitOptions {
  /** Share held out, in [0, 1). */
  readonly validation: number
  /** Which items are held out at random, the same as `split` does. */
  readonly key: Key
  /** At random, or the last ones in time. */
  readonly by: 'random' | 'time'
}

export const splitRules = ['random', 'time'] as const

/**
 * Holds out a share of the items: at random by the key, or the last ones in time.
 *
 * By time: one moment for all groups parts the file. What begins then or later is held out, what ends before is trained on, and windows over it are in neither
 * part. Without a time column the order of rows is their time. Windows at random: neighbours overlap, so that what is held out has been seen in part.
 *
 * @throws RangeError for a share outside [0, 1), for fewer than two items, and where nothing would be left to train on
 * @example
 * const parser = samplesParser('csv', 'log.csv')
 * parser.push(new TextEncoder().encode('temp,load\n1,10\n2,20\n3,30\n4,40\n5,50\n'))
 * const items = itemsOf(await parser.end(), { length: 2, stride: 1 }) // begin at rows 0, 1, 2, 3
 * splitItems(items, { validation: 0.25, key: key(0), by: 'time' }) // train [0, 1], validation [3], between 1
 */
export function splitItems(items: Items, { validation, key, by }: ItemSplitOptions): ItemSplit {
  if (!(typeof validation === 'number' && validation >= 0 && validation < 1)) {
    throw new RangeError(
      `splitItems: validation: expected a share of at least 0 and below 1, got ${describe(validation)}`,
    )
  }
  expectOneOf('splitItems', 'by', by, splitRules)
  const { count } = items.rows
  if (validation === 0) {
    return {
      train: Int32Array.from({ length: count }, (_, i) => i),
      validation: new Int32Array(0),
      between: 0,
    }
  }
  if (count < 2) {
    throw new RangeError(`splitItems: expected at least 2 items to hold some out, got ${count}`)
  }
  if (by === 'time') return splitByTime(items, heldCount(count, validation))
  const { held, rest } = randomlyHeld(count, validation, key)
  return { train: rest, validation: held, between: 0 }
}

function splitByTime({ steps, starts, span }: Items, held: number): ItemSplit {
  const begins = Float64Array.from(starts, (start) => timeAt(steps, start))
  const timed = begins.filter((time) => !Number.isNaN(time)).sort()
  const boundary = timed[Math.max(0, timed.length - held)]
  const train: number[] = []
  const validation: number[] = []
  starts.forEach((start, item) => {
    if (begins[item] >= boundary) validation.push(item)
    else if (timeAt(steps, start + span - 1) < boundary) train.push(item)
  })
  if (train.length === 0) {
    throw new RangeError(
      `splitItems: by time: expected items that end before the last ${held} of ${starts.length} begin, got none: ` +
        'a smaller share, shorter windows, or a split at random',
    )
  }
  return {
    train: Int32Array.from(train),
    validation: Int32Array.from(validation),
    between: starts.length - train.length - validation.length,
  }
}
