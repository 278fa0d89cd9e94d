import { crossings, type LineWalk } from '@facet/geometry'
import * as z from 'zod'
import { isObject, type Json } from '../../network-file/json.ts'
import { readNetwork } from '../../network-file/read-network.ts'
import { statePaths } from '../../network-file/state-paths.ts'
import { largest } from '../compare.ts'
import { type Comparison, compareTree, newComparison } from '../compare-tree.ts'
import { exactly, expected, parseFields, point, written } from './file-fields.ts'
import { inOrderOf } from './in-order.ts'

const schema = z.looseObject({
  ...written,
  cases: z
    .array(z.looseObject({ from: point, to: point, expect: expected }), 'expected a list of cases')
    .min(1, 'expected one or more cases'),
})

/** Compares everything that a `walk_*` file expects with what Facet finds. */
export function verifyWalks(file: unknown): Comparison {
  const { input, layers, cases } = parseFields(schema, file)
  const network = readNetwork({ input, layers }, 'float64')
  const comparison = newComparison()
  for (const [c, { from, to, expect, ...rest }] of cases.entries()) {
    const walk = (output?: number) =>
      crossings(network, [from, to], output === undefined ? {} : { level: { output } })
    const recompute = () => {
      const found = walk()
      return {
        stateLayers: statePaths(network.layers),
        ...walkQuantities(found, expect),
        firstCode: [...found.firstCode],
        lastCode: [...found.lastCode],
        outputAtCrossings: Array.from(found.t, (t) => [...found.outputAt(t)]),
      }
    }
    // Where outputs are 0 but for rounding, what they are made of is as large as at the ends. Crossings are shares of the segment, 1.
    const scaleAt = (path: string) => {
      if (path.endsWith('.t')) return 1
      if (!path.endsWith('.outputAtCrossings')) return 0
      const found = walk()
      return largest([[...found.outputAt(0)], [...found.outputAt(1)]])
    }
    compareTree(`cases.${c}`, expect, recompute, { ...exactly, scaleAt }, comparison)
    for (const [name, want] of Object.entries(rest) as [string, Json][]) {
      const output = /^expectWithOutput(\d+)$/.exec(name)?.[1]
      if (output === undefined) continue
      const withOutput = () => walkQuantities(walk(Number(output)), want)
      compareTree(`cases.${c}.${name}`, want, withOutput, { ...exactly, scaleAt }, comparison)
    }
  }
  return comparison
}

/** What both kinds of walk expect. */
function walkQuantities({ regions, t, changed, complete }: LineWalk, want: Json) {
  if (!complete) throw new Error('the walk is not complete')
  const wanted = isObject(want) && Array.isArray(want.changed) ? want.changed : []
  return {
    regions,
    t: [...t],
    changed: changed.map((units, i) => inOrderOf(wanted[i], units as unknown as Json[])),
  }
}
