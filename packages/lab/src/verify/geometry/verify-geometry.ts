import { isObject, type Json } from '../../network-file/json.ts'
import type { Comparison } from '../compare-tree.ts'
import { verifyPartition } from './verify-partition.ts'
import { verifyPlanes } from './verify-planes.ts'
import { verifySpaces } from './verify-spaces.ts'
import { verifyWalks } from './verify-walks.ts'

/** A network of layers and what is expected of its regions. */
export interface GeometryFile {
  /** Absent of `partition_*`. */
  readonly kind?: Json
  readonly layers: Json
}

/** By the kind that a file says; the first of them said none. */
const verifiers: ReadonlyMap<Json | undefined, (file: GeometryFile) => Comparison> = new Map([
  ['regions2d', verifyPlanes],
  ['regionsnd', verifySpaces],
  ['walk', verifyWalks],
  [undefined, verifyPartition],
])

export const isGeometryFile = (file: unknown): file is GeometryFile =>
  isObject(file) && file.layers !== undefined

/** Compares everything that a file of regions expects with what Facet finds, in float64. @throws Error for another kind. */
export function verifyGeometry(file: GeometryFile): Comparison {
  const verifier = verifiers.get(file.kind)
  if (verifier !== undefined) return verifier(file)
  const known = [...verifiers.keys()].filter((kind) => kind !== undefined)
  throw new Error(
    `kind: expected one of layers, ${known.join(', ')}, or none of a partition, got ${JSON.stringify(file.kind)}`,
  )
}
