import { planePartition } from '@facet/geometry'
import * as z from 'zod'
import type { Json } from '../../network-file/json.ts'
import { readNetwork } from '../../network-file/read-network.ts'
import { type Comparison, compareTree, newComparison } from '../compare-tree.ts'
import { exactly, interval, parseFields, written } from './file-fields.ts'

const schema = z.looseObject({
  ...written,
  expect: z.record(
    z.string(),
    z.looseObject({ bounds: interval }),
    'expected the squares that are expected, an object',
  ),
})

/** The counts of a square by the names of the files; of the output's level set the one at 0 of the first output. */
const levels = { hidden: undefined, hidden_and_output: { output: 0 } } as const

/** Compares the counts of a `partition_*` file with those that Facet finds. */
export function verifyPartition(file: unknown): Comparison {
  const { expect, ...written } = parseFields(schema, file)
  const network = readNetwork(written, 'float64')
  const comparison = newComparison()
  for (const [name, square] of Object.entries(expect)) {
    if (!Object.keys(levels).some((count) => Object.hasOwn(square, count)))
      throw new Error(
        `expect.${name}: expected ${Object.keys(levels).join(' or ')}, got ${Object.keys(square).join(', ')}`,
      )
    const recompute = () => {
      const found: Record<string, Json> = {}
      for (const [count, level] of Object.entries(levels)) {
        if (!Object.hasOwn(square, count)) continue
        const { regions, complete } = planePartition(network, { window: square.bounds, level })
        if (!complete) throw new Error(`expect.${name}: the partition is not complete`)
        found[count] = regions
      }
      return found
    }
    compareTree(name, square as Json, recompute, exactly, comparison)
  }
  return comparison
}
