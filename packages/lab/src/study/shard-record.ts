import * as z from 'zod'
import { UsageError } from '../errors.ts'
import { text, wholeNumber } from '../fields/fields.ts'
import { checkedLines, readCheckedLines } from '../folder/checked-lines.ts'
import type { Sizes } from '../sets/set-sizes.ts'
import { setSizes } from './data.ts'
import { parsed } from './results.ts'
import type { Shard } from './shard.ts'

/** What a folder says of the shard that it holds: enough to put shards together where there are no data. */
export interface ShardRecord extends Shard {
  /** Version of Facet. */
  readonly facet: string
  /** Fingerprint of the program. */
  readonly build: string
  readonly sizes: Sizes
}

/** Of 100,000 runs, the most that an experiment has, each is compared with every shard: 0.1 s. */
const mostShards = 1000

export const shardSchema = z
  .strictObject({ index: wholeNumber(0), count: wholeNumber(1, mostShards) })
  .refine(({ index, count }) => index < count, 'expected a number of the shard below their count')

const schema = z.strictObject({
  index: wholeNumber(0),
  count: wholeNumber(1, mostShards),
  facet: text('a version'),
  build: text('a fingerprint'),
  sizes: z.record(z.string(), setSizes, 'expected sizes'),
})

export const recordText = (record: ShardRecord): string => checkedLines([record])

/** @throws UsageError with the place of what is no record. */
export function readRecord(content: string, path: string): ShardRecord {
  const { lines } = readCheckedLines(content, path)
  if (lines.length !== 1) throw new UsageError(`${path}: expected one line, got ${lines.length}`)
  const record = parsed(schema, lines[0], `${path}:1`)
  const { index, count } = record
  parsed(shardSchema, { index, count }, `${path}:1`)
  return record
}
