import type { Json } from '../network-file/json.ts'
import type { Tolerance } from './tolerance.ts'

/** How far a recomputed quantity is from the expected one, over all its entries. */
export interface Deviation {
  /** Largest |got − want|. */
  readonly maxAbs: number
  /** Largest |got − want| / |want|, for entries that are not zero but for rounding (below `floor · scale`). */
  readonly maxRel: number
  readonly pass: boolean
  /** Only where something other than a number's value is wrong: shapes, null, a name that is not known. */
  readonly problem?: string
}

/** Nested arrays of anything but objects, or one of their entries. */
export function isLeaf(value: Json): boolean {
  if (Array.isArray(value)) return value.every(isLeaf)
  return typeof value !== 'object' || value === null
}

/** The largest absolute entry of nested numbers. */
export function largest(value: Json): number {
  if (Array.isArray(value)) return value.reduce((most: number, item) => Math.max(most, largest(item)), 0)
  return Math.abs(Number(value))
}

const failed = (problem: string): Deviation => ({
  maxAbs: Number.POSITIVE_INFINITY,
  maxRel: Number.POSITIVE_INFINITY,
  pass: false,
  problem,
})

export const missingQuantity = (): Deviation => failed('not in the file')

export const unknownQuantity = (): Deviation => failed('not a quantity that Facet knows how to recompute')

function describe(value: Json | undefined): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return `'${value}'`
  if (!Array.isArray(value)) return typeof value === 'object' && value !== null ? 'an object' : String(value)
  const shape: number[] = []
  for (let at: Json = value; Array.isArray(at); at = at[0]) shape.push(at.length)
  return `[${shape.join(', ')}]`
}

/** Collects the pairs of numbers at the same place; where the shapes differ, says at which place first and how. */
function pairs(want: Json, got: Json, into: [number, number][], at = ''): string | null {
  if (Array.isArray(want) && Array.isArray(got) && want.length === got.length) {
    for (const [i, item] of want.entries()) {
      const problem = pairs(item, got[i], into, `${at}[${i}]`)
      if (problem !== null) return problem
    }
    return null
  }
  if (want === null && got === null) return null
  // JSON overflows to infinity, of which anything is within a tolerance.
  if (!isEntry(want) || !isEntry(got) || !Number.isFinite(Number(want)))
    return `${at === '' ? '' : `${at}: `}expected ${describe(want)}, got ${describe(got)}`
  into.push([Number(want), Number(got)])
  return null
}

const isEntry = (value: Json | undefined): boolean => typeof value === 'number' || typeof value === 'boolean'

/**
 * Compares nested numbers entry by entry. @param scale what the entries of this quantity are made of; at least the
 * largest expected one is taken.
 */
export function compare(want: Json, got: Json, tolerance: Tolerance, scale: number): Deviation {
  const entries: [number, number][] = []
  const problem = pairs(want, got, entries)
  if (problem !== null) return failed(problem)
  const floor = tolerance.floor * Math.max(scale, largest(want))
  let maxAbs = 0
  let maxRel = 0
  let pass = true
  for (const [expected, found] of entries) {
    const off = Math.abs(found - expected)
    // Written so that NaN fails.
    if (!(off <= tolerance.relative * Math.abs(expected) + floor)) pass = false
    maxAbs = off > maxAbs || Number.isNaN(off) ? off : maxAbs
    if (off > floor || Math.abs(expected) > floor) {
      const relative = off / Math.abs(expected)
      maxRel = relative > maxRel || Number.isNaN(relative) ? relative : maxRel
    }
  }
  return { maxAbs, maxRel, pass }
}

/** Two comparisons of one quantity as one. */
export const worst = (a: Deviation, b: Deviation): Deviation => ({
  maxAbs: Math.max(a.maxAbs, b.maxAbs),
  maxRel: Math.max(a.maxRel, b.maxRel),
  pass: a.pass && b.pass,
  ...((a.problem ?? b.problem) !== undefined && { problem: a.problem ?? b.problem }),
})
