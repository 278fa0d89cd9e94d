import { tensor } from '@facet/tensor'
import type { FloatDType, Orbit } from '../dataset.ts'
import { rowsFrom, rowsToTensor } from '../rows.ts'

/** What the generators of orbits with a drawn embedding take. */
export interface OrbitOptions {
  /** Draws the orthonormal map into data space. Default 0. */
  readonly seed?: number | string
  /** Default float32. */
  readonly dtype?: FloatDType
}

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
