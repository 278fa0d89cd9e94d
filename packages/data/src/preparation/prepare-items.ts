import type { Rows } from '../rows.ts'
import type { Items } from './items.ts'
import type { Preparation } from './preparation.ts'
import { shaperOf, untouchedRows } from './shaped-items.ts'
import { judgeOf } from './usable.ts'

/** Items without gaps, in the units of the file. */
export interface PreparedItems {
  /** `[n, d]`: d numbers of a model's input. */
  readonly rows: Rows
  /** Of each row its item. */
  readonly items: Int32Array
  /** Items that a model cannot be given, in order, and why. */
  readonly unusable: readonly { readonly item: number; readonly reason: string }[]
  /** Values that were filled in. */
  readonly filled: number
}

/**
 * Items as a model is given them, but for the normaliser: filled, of one length, and all such that `normaliseRows` takes them. An item that cannot be used is
 * listed with the reason, and the others go on.
 *
 * @param which indices of the items asked for; default all. Rows of the result are in this order.
 * @returns rows in the units of the file; they are the file's own numbers where nothing had to be done
 * @throws RangeError for items of another width or window than the preparation's
 * @example
 * const parser = samplesParser('csv', 'series.csv')
 * parser.push(new TextEncoder().encode('1,2,3\n5,5,5\n'))
 * const samples = await parser.end()
 * const items = itemsOf(samples, null)
 * const preparation = fitPreparation(samples, items, Int32Array.of(0), { normalise: 'series' })
 * const { rows, unusable } = prepareItems(preparation, items)
 * normaliseRows(preparation.normaliser, rows) // [-1, 0, 1]
 * unusable // [{ item: 1, reason: 'expected a series that varies, got 3 values all equal to 5' }]
 */
export function prepareItems(preparation: Preparation, items: Items, which?: Int32Array): PreparedItems {
  const shaper = shaperOf('prepareItems', preparation, items)
  const judge = judgeOf('prepareItems', preparation)
  const asked = which ?? Int32Array.from(items.starts, (_, item) => item)
  const own = which === undefined ? asTheyAre(preparation, items, judge) : null
  if (own !== null) return { rows: own, items: asked, unusable: [], filled: 0 }
  const { length } = shaper
  const values = new Float64Array(asked.length * length)
  const kept = new Int32Array(asked.length)
  const unusable: { item: number; reason: string }[] = []
  let count = 0
  let filled = 0
  for (const item of asked) {
    if (!(item >= 0 && item < items.starts.length)) {
      throw new RangeError(`prepareItems: which: expected items below ${items.starts.length}, got ${item}`)
    }
    const out = values.subarray(count * length, (count + 1) * length)
    const shaped = shaper.shape(item, out)
    const reason = typeof shaped === 'string' ? shaped : judge(out)
    if (reason !== null) {
      unusable.push({ item, reason })
      continue
    }
    filled += shaped as number
    kept[count++] = item
  }
  const rows = { values: values.subarray(0, count * length), count, length }
  return { rows, items: kept.subarray(0, count), unusable, filled }
}

/** The rows of the file themselves, where each can be used and has nothing missing. */
function asTheyAre(
  preparation: Preparation,
  items: Items,
  judge: (row: Float64Array) => string | null,
): Rows | null {
  const rows = untouchedRows(preparation, items)
  if (rows === null) return null
  const { values, count, length } = rows
  for (let i = 0; i < count; i++) {
    if (judge(values.subarray(i * length, (i + 1) * length)) !== null) return null
  }
  return rows
}
