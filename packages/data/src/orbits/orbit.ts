import { tensor } from '@facet/tensor'
import { expectOneOf, expectOptions } from '@facet/tensor/checks'
import { type FloatDType, floatDTypes, type Orbit } from '../dataset.ts'
import { rowsFrom, rowsToTensor } from '../rows.ts'

/** What the generators of orbits with a drawn embedding take. */
export interface OrbitOptions {
  /** Draws the orthonormal map into data space. Default 0. */
  readonly seed?: number | string
  /** Default float32. */
  readonly dtype?: FloatDType
}

/** The options themselves. @throws TypeError or RangeError for an unknown option or dtype. */
export function checkedOptions<O extends { readonly dtype?: FloatDType }>(
  name: string,
  options: O,
  known: readonly string[],
): O {
  expectOptions(name, options, known)
  if (options.dtype !== undefined) expectOneOf(name, 'dtype', options.dtype, floatDTypes)
  return options
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
