import { tensor } from '@facet/tensor'
import { aFloatDType, aSeed, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import type { FloatDType, Orbit } from '../dataset.ts'
import { rowsFrom, rowsToTensor } from '../rows.ts'

/** Options of the generators of orbits with a drawn embedding, which name themselves. */
export const orbitOptions = optionTable('orbit', {
  /** Draws the orthonormal map into data space. Default 0. */
  seed: withDefault(aSeed, 0),
  /** Default float32. */
  dtype: withDefault(aFloatDType, 'float32'),
})

/** What the generators of orbits with a drawn embedding take. */
export type OrbitOptions = OptionsOf<typeof orbitOptions>

/** The orbit's points at the given parameters, as tensors. */
export function orbitOf<P>(
  name: string,
  point: (parameter: P) => Float64Array,
  parameters: { readonly train: readonly P[]; readonly test: readonly P[] },
  generators: readonly Float64Array[],
  dtype: FloatDType,
): Orbit {
  const d = Math.sqrt(generators[0].length)
  const points = (at: readonly P[]) => rowsToTensor(rowsFrom(at.map(point), d), dtype)
  return {
    name,
    train: points(parameters.train),
    test: points(parameters.test),
    generators: tensor(rowsFrom(generators, d * d).values, { shape: [generators.length, d, d], dtype }),
  }
}
