import { type PlanePartition, planePartition } from '@facet/geometry'
import * as z from 'zod'
import type { Json } from '../../network-file/json.ts'
import { readNetwork } from '../../network-file/read-network.ts'
import { statePaths } from '../../network-file/state-paths.ts'
import { type Comparison, compareTree, newComparison } from '../compare-tree.ts'
import {
  casePart,
  exactly,
  expected,
  interval,
  layerRange,
  parseFields,
  point,
  written,
} from './file-fields.ts'

/** What a file expects of a partition: quantities, and of one cut by an output as well which output. */
const quantities = expected

const sample = z.looseObject({ point: z.tuple([z.number(), z.number()], 'expected [s, t]') })

const schema = z.looseObject({
  ...written,
  cases: z
    .array(
      z.looseObject({
        layers: layerRange,
        plane: z.looseObject({ origin: point, u: point, v: point }),
        window: interval,
        expect: z.looseObject({
          stateLayers: expected.or(z.array(z.any())),
          samples: z.array(sample),
          hidden: quantities,
          withOutput: z.looseObject({ outputUnit: z.int() }).optional(),
        }),
      }),
      'expected a list of cases',
    )
    .min(1, 'expected one or more cases'),
})

/** Compares everything that a `regions2d_*` file expects with what Facet finds. */
export function verifyPlanes(file: unknown): Comparison {
  const { input, layers, cases } = parseFields(schema, file)
  const network = readNetwork({ input, layers }, 'float64')
  const comparison = newComparison()
  for (const [c, { layers: range, plane, window, expect }] of cases.entries()) {
    const part = casePart(network, `cases[${c}]`, range)
    const recompute = () => {
      const hidden = planePartition(part, { plane, window })
      const { withOutput } = expect
      return {
        stateLayers: statePaths(part.layers),
        hidden: planeQuantities(hidden),
        ...(withOutput && {
          withOutput: planeQuantities(
            planePartition(part, { plane, window, level: { output: withOutput.outputUnit } }),
          ),
        }),
        samples: expect.samples.map(({ point: [s, t] }) => regionAround(hidden, s, t)),
      }
    }
    compareTree(`cases.${c}`, expect as Json, recompute, exactly, comparison)
  }
  return comparison
}

/** Counts and measures by the names of the files. @throws Error for a partition that a budget cut. */
export function planeQuantities(partition: PlanePartition): Json {
  const { complete, verified: _, ...quantities } = partition.summary()
  if (!complete) throw new Error('the partition is not complete')
  return quantities as unknown as Json
}

function regionAround(partition: PlanePartition, s: number, t: number): Json {
  const region = partition.at(s, t)
  if (region === null) return { code: null, area: null, corners: null }
  return { code: [...region.code], area: region.area, corners: region.corners.length }
}
