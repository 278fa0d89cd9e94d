import { describe, expect, it } from 'vitest'
import { engineNames, startEngine } from '../../engine.ts'
import type { JsonObject } from '../testing/golden-files.ts'
import { madeLayersFile, madeLayersFiles } from '../testing/made-layers.ts'
import { verify } from '../verify.ts'

await startEngine()
const files = new Map(madeLayersFiles.map((name) => [name, JSON.stringify(madeLayersFile(name))]))

describe('facet verify, of layers', () => {
  it.each(madeLayersFiles)('agrees with plain loops on %s, on every backend in both dtypes', async (name) => {
    for (const backend of engineNames)
      for (const dtype of ['float64', 'float32'] as const) {
        const { failed, error, quantities } = await verify(name, files.get(name)!, { backend, dtype })
        expect({ backend, dtype, failed, error }).toEqual({ backend, dtype, failed: [], error: undefined })
        expect(Object.keys(quantities)).toEqual(
          expect.arrayContaining(['stateLayers', 'output', 'states', 'A', 'b']),
        )
      }
  })
})
