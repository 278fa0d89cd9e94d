import type { Network } from '@facet/models'
import * as z from 'zod'
import { type Json, pathText } from '../../network-file/json.ts'
import { layersOf } from '../../network-file/layers-of.ts'
import type { ComparisonContext } from '../compare-tree.ts'

/** Any JSON: what a file expects is compared, not checked. */
const anyJson = z.custom<Json>((value) => value !== undefined, 'expected a value, got nothing')

/** What is expected: names and values. */
export const expected = z.record(z.string(), anyJson, 'expected the quantities that are expected, an object')

export const point = z
  .array(z.number('expected a number'), 'expected numbers')
  .min(1, 'expected numbers, got none')

const notAnInterval = 'expected two numbers, the lower first'

/** `[lo, hi]` */
export const interval = z
  .tuple([z.number(), z.number()], notAnInterval)
  .refine(([lo, hi]) => lo < hi, notAnInterval)
  .readonly()

/** An entry that names the network, for every kind of file. */
export const written = { input: anyJson.optional(), layers: anyJson }

/** @throws Error naming the first field that is not what it should be. */
export function parseFields<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [{ path, message }] = result.error.issues
  throw new Error(path.length === 0 ? message : `${pathText(path)}: ${message}`)
}

/** `[from, to]` of a case: the layers of the network that it is about. */
export const layerRange = z.tuple([z.int(), z.int()], 'expected two whole numbers').readonly()

/** The part of a network that a case is about. @throws Error for layers that it does not have. */
export function casePart(network: Network, name: string, [from, to]: readonly [number, number]): Network {
  try {
    return layersOf(network, from, to)
  } catch (error) {
    throw new Error(`${name}.${(error as Error).message}`)
  }
}

/** Geometry is always computed in float64, with signs decided. */
export const exactly: ComparisonContext = { dtype: 'float64', scaleAt: () => 0 }
