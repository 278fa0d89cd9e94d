import { type Key, key } from '@facet/tensor'
import {
  aCount,
  aFloatDType,
  aNumber,
  aSeed,
  type OptionsOf,
  optionTable,
  type ResolvedOptionsOf,
  withDefault,
} from '@facet/tensor/checks'
import type { Dataset } from '../dataset.ts'
import { rowsFrom, rowsToTensor } from '../rows.ts'

/** Rows of options that all generators of shapes take. */
export const shapeRows = {
  /** Number of training points; default 200. */
  points: withDefault(aCount(2), 200),
  /** Number of test points; default 100. */
  test: withDefault(aCount(), 100),
  /** Standard deviation of the normal noise that is added to every coordinate; default 0. */
  noise: withDefault(aNumber(), 0),
  /** Default 0. */
  seed: withDefault(aSeed, 0),
  /** Default float32. */
  dtype: withDefault(aFloatDType, 'float32'),
} as const

/** Options of a generator of points whose places are drawn. */
export const shapeOptions = (name: string) => optionTable(name, shapeRows)

/** What every generator of points takes. */
export type ShapeOptions = OptionsOf<typeof shapeRows>
type Settings = ResolvedOptionsOf<typeof shapeRows>

/** A point before noise, and its class from 1. */
export interface Place {
  readonly point: readonly number[]
  readonly label: number
}

/** Where the points of each part are. */
export interface Places {
  readonly train: readonly Place[]
  readonly test: readonly Place[]
}

/** A point of class 0 … by two numbers that are uniform on [0, 1). */
export type ShapeFormula = (kind: number, u: number, v: number) => readonly number[]

const rootOf = (name: string, { seed }: { readonly seed: Settings['seed'] }): Key => key(seed).child(name)

/** Places of `kinds` classes, the i-th of a part of class i mod kinds + 1; it depends on the seed and i alone. */
export function drawnPlaces(name: string, settings: Settings, kinds: number, formula: ShapeFormula): Places {
  const part = (partName: keyof Places, count: number): Place[] => {
    const uniforms = rootOf(name, settings)
      .child(partName, 'places')
      .uniformArray(2 * count)
    return Array.from({ length: count }, (_, i) => ({
      point: formula(i % kinds, uniforms[2 * i], uniforms[2 * i + 1]),
      label: (i % kinds) + 1,
    }))
  }
  return { train: part('train', settings.points), test: part('test', settings.test) }
}

/** The points with their noise. Of + − × ÷ and roots alone, as normals are: the same bits in every engine. */
export function shapeSet(name: string, settings: Settings, places: Places): Dataset {
  const { noise, dtype } = settings
  const part = (partName: keyof Places) => {
    const here = places[partName]
    const d = here[0].point.length
    const rows = rowsFrom(
      here.map(({ point }) => Float64Array.from(point)),
      d,
    )
    const normals = rootOf(name, settings).child(partName, 'noise').normalArray(rows.values.length)
    normals.forEach((normal, at) => {
      rows.values[at] += noise * normal
    })
    return { samples: rowsToTensor(rows, dtype), labels: Int32Array.from(here, ({ label }) => label) }
  }
  const [train, test] = [part('train'), part('test')]
  return {
    name,
    train: train.samples,
    test: test.samples,
    trainLabels: train.labels,
    testLabels: test.labels,
  }
}
