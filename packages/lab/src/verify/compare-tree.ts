import type { Json } from '../network-file/json.ts'
import { compare, type Deviation, isLeaf, largest, missingQuantity, unknownQuantity } from './compare.ts'
import { type FloatType, type QuantityKind, tolerances } from './tolerance.ts'

/** What became of every quantity of a file, by its path (`R1_mean_sq.grad.enc.0.W`). */
export interface Comparison {
  readonly quantities: Record<string, Deviation>
  /** Entries that are notes of the file's generator, and inputs; they are not recomputed. */
  readonly skipped: string[]
}

/** Without a prototype: whatever a file calls a quantity is one. */
export const newComparison = (): Comparison => ({ quantities: Object.create(null), skipped: [] })

export interface ComparisonContext {
  readonly dtype: FloatType
  /** Natural size of what stands at a path, where its own entries may all be zero but for rounding. */
  readonly scaleAt: (path: string) => number
}

/** Notes of the golden files' generator, and inputs that stand among the expected numbers. */
const notRecomputed =
  /(^|\.)(fd_max_rel_error|affine_identity_max_error|max_gap_\w+|HOC_zero_differences|smallestFacetDecision|point|outputUnit|bounds)$|^dichotomic\.start$/

/** Which tolerance a path takes, the first that fits; a value takes its own. */
const kinds: readonly (readonly [path: RegExp, kind: QuantityKind])[] = [
  [/(^|\.)(code|code_\w+|found|states|stateLayers|firstCode|lastCode|changed|boxFaces)$/, 'exact'],
  [
    /\.(regions|patterns|affineMaps|affinePieces|vertices|edges|faces|interiorEdges|tJunctions|corners)$/,
    'exact',
  ],
  [
    /\.(hidden|hidden_and_output)$|(^|\.)(regions|dualEdges|boundedRegions)$|\.(sizes|unitsChangedAcrossWall)\./,
    'exact',
  ],
  [/\.(area|sumOfSquaredAreas|smallestArea|wallLength|shortestEdge)$/, 'measure'],
  [/\.(chebyshevRadius|chebyshevCentre)$/, 'radius'],
  [/\.t$/, 'crossing'],
  [/^dichotomic\./, 'bisection'],
  [/^R[12]\.eps/, 'solution'],
  [/_ridge_.*\.grad\./, 'ridgeGradient'],
  [/\.grad\./, 'gradient'],
]

function kindOf(path: string, want: Json): QuantityKind {
  if (typeof (Array.isArray(want) ? want[0] : want) === 'boolean') return 'exact'
  return kinds.find(([pattern]) => pattern.test(path))?.[1] ?? 'value'
}

/**
 * Compares an expected tree with a recomputed one, leaf by leaf, into `comparison`. `recompute` is called once, and
 * only if something of the tree is to be compared; what it does not return counts as unknown.
 */
export function compareTree(
  path: string,
  want: Json,
  recompute: () => Json | undefined,
  { dtype, scaleAt }: ComparisonContext,
  comparison: Comparison,
): void {
  if (notRecomputed.test(path)) {
    comparison.skipped.push(path)
    return
  }
  walk(path, want, recompute(), 0)

  function walk(at: string, expected: Json, got: Json | undefined, shared: number): void {
    if (notRecomputed.test(at)) {
      comparison.skipped.push(at)
    } else if (got === undefined) {
      comparison.quantities[at] = unknownQuantity()
    } else if (isLeaf(expected) || isLeaf(got)) {
      const tolerance = tolerances[dtype][kindOf(at, expected)]
      comparison.quantities[at] = compare(expected, got, tolerance, Math.max(shared, scaleAt(at)))
    } else {
      // Entries of a gradient cancel against each other, so all of them share one scale.
      const gradientScale = at.endsWith('.grad') ? Math.max(scaleAt(at), largestLeaf(expected)) : shared
      const found = got as Record<string, Json>
      for (const [name, part] of Object.entries(expected as object) as [string, Json][]) {
        walk(`${at}.${name}`, part, Object.hasOwn(found, name) ? found[name] : undefined, gradientScale)
      }
      for (const name of Object.keys(found)) {
        if (!Object.hasOwn(expected as object, name))
          comparison.quantities[`${at}.${name}`] = missingQuantity()
      }
    }
  }
}

function largestLeaf(value: Json): number {
  if (isLeaf(value)) return largest(value)
  return Object.values(value as object).reduce((most: number, part) => Math.max(most, largestLeaf(part)), 0)
}
