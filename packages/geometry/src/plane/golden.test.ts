import { readdirSync, readFileSync } from 'node:fs'
import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { goldenLayers } from '../testing/golden-layers.ts'
import { oraclePartition } from '../testing/oracle-partition.ts'
import { networkOf } from '../testing/plain-network.ts'
import type { OraclePlane } from '../testing/plane-oracle.ts'
import { PlanePartition } from './partition.ts'
import { planePartition } from './plane-partition.ts'

beforeAll(() => init())

interface GoldenCase {
  readonly layers: readonly [number, number]
  readonly plane: OraclePlane
  readonly window: readonly [number, number]
  readonly expect: Readonly<Record<string, GoldenQuantities>> & { readonly samples: readonly GoldenSample[] }
}

interface GoldenQuantities {
  readonly outputUnit?: number
  readonly [quantity: string]: unknown
}

interface GoldenSample {
  readonly point: readonly [number, number]
  readonly code: readonly number[]
  readonly area: number
  readonly corners: number
}

const folder = new URL('../fixtures/', import.meta.url)

/** Lengths and areas; whatever else is expected is a count. */
const measures = new Set([
  'area',
  'sumOfSquaredAreas',
  'wallLength',
  'meanNeighbours',
  'smallestArea',
  'shortestEdge',
])

const expectNumber = (got: number, wanted: number, what: string) =>
  expect(Math.abs(got - wanted), `${what}: ${got}, ${wanted}`).toBeLessThanOrEqual(1e-9 * Math.abs(wanted))

for (const name of readdirSync(folder).filter((file) => file.startsWith('regions2d_'))) {
  const golden = JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
  describe.each(golden.cases as GoldenCase[])(
    `${name}, layers $layers`,
    ({ layers, plane, window, expect: wanted }) => {
      const kinds = ['hidden', 'withOutput']
      const sources = ['the oracle', 'planePartition'] as const
      const both = sources.flatMap((source) => kinds.map((kind) => [kind, source] as const))
      it.each(both)('has every quantity of %s, from a structure of %s', (kind, source) => {
        const { outputUnit, ...quantities } = wanted[kind]
        const network = goldenLayers(golden.layers.slice(...layers), golden.input?.shape)
        const level = outputUnit === undefined ? null : { output: outputUnit }
        const partition =
          source === 'planePartition'
            ? planePartition(networkOf(network), { plane, window, ...(level && { level }) })
            : new PlanePartition(oraclePartition(network, plane, window, level).parts)
        expect([partition.complete, partition.verified !== 'float']).toEqual([true, true])
        const summary = partition.summary() as unknown as Record<string, number>
        for (const [quantity, value] of Object.entries(quantities))
          if (measures.has(quantity)) expectNumber(summary[quantity], value as number, quantity)
          else expect(summary[quantity], quantity).toEqual(value)
        const { samples } = wanted
        expect(samples.length).toBeGreaterThan(0)
        for (const sample of samples) {
          const region = partition.at(sample.point[0], sample.point[1])!
          expect([...region.code]).toEqual(sample.code)
          if (level !== null) continue
          expectNumber(region.area, sample.area, 'area')
          expect(region.corners.length).toBe(sample.corners)
        }
      })
    },
  )
}
