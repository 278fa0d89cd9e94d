import { codeHashes, type PlanePartition, type VertexErrors } from '@facet/geometry'
import type { Frame } from '../state/state.ts'
import type { RegionsPicture } from './messages.ts'

/** What is read of a picture, not watched. */
export type Read = Pick<RegionsPicture, 'verified' | 'worst'>

/** What a picture is made of beside the partition. */
export interface PictureParts {
  readonly frame: Frame
  /** Groups of units whose walls are drawn; `null` for all. */
  readonly groups: readonly [from: number, to: number] | null
  /** Errors at the vertices; `null` where they are not known. */
  readonly errors: VertexErrors | null
  /** Whether regions are shaded by them. */
  readonly isShaded: boolean
  /** What an earlier picture said, to be said again: finding it takes a third of the time of a picture. */
  readonly read: Read | null
  readonly samples: Float32Array<ArrayBuffer>
}

/** What a picture is compared with: the codes of the last one, and its step. */
export interface Before {
  readonly codes: ReadonlySet<number>
  readonly step: number
}

/** 53 bits of a hash as one number. */
const identity = (hashes: Uint32Array, i: number): number =>
  hashes[2 * i] + (hashes[2 * i + 1] & 0x1fffff) * 2 ** 32

/** The regions of a partition as flat arrays, in the coordinates of the plane. */
export function regionsPicture(
  partition: PlanePartition,
  { frame, groups, errors, isShaded, read, samples }: PictureParts,
  step: number,
  before: Before | null,
): { readonly picture: RegionsPicture; readonly codes: ReadonlySet<number> } {
  const { structure, complete } = partition
  const hashes = codeHashes(partition, groups === null ? {} : { groups }) as Uint32Array<ArrayBuffer>
  const walls = wallsOf(structure, groups === null ? null : hashes)
  const regions = groups === null ? structure.faces : unionsOf(structure, hashes)
  const codes = new Set<number>()
  let born = 0
  for (let i = 0; i < structure.faces; i++) {
    const code = identity(hashes, i)
    if (codes.has(code)) continue
    codes.add(code)
    if (before !== null && !before.codes.has(code)) born++
  }
  const picture: RegionsPicture = {
    regions,
    verified: read?.verified ?? partition.verified,
    complete,
    frame,
    ...polygonsOf(structure),
    walls,
    hashes,
    errors: errors !== null && isShaded ? Float32Array.from(errors.forms) : new Float32Array(),
    worst: errors ? worstOf(structure, errors.atVertices) : (read?.worst ?? null),
    born,
    // Of the codes before, those that are not new here are all that live on.
    died: before === null ? 0 : before.codes.size - (codes.size - born),
    stepsSince: before === null ? 0 : step - before.step,
    samples,
  }
  return { picture, codes }
}

type Structure = PlanePartition['structure']

/** Corners of all faces, one after another. */
function polygonsOf({ faces, first, next, origin, s, t, face }: Structure) {
  let inside = 0
  for (let h = 0; h < face.length; h++) if (face[h] >= 0) inside++
  const corners = new Float32Array(2 * inside)
  const starts = new Uint32Array(faces + 1)
  let at = 0
  for (let i = 0; i < faces; i++) {
    starts[i] = at
    let h = first[i]
    do {
      const vertex = origin[h]
      corners[2 * at] = s[vertex]
      corners[2 * at + 1] = t[vertex]
      at++
      h = next[h]
    } while (h !== first[i])
  }
  starts[faces] = at
  return { corners, starts }
}

/** Edges between two faces, each once; where hashes are given those alone across which they differ. */
function wallsOf(structure: Structure, hashes: Uint32Array | null): Float32Array<ArrayBuffer> {
  const { halfEdges, face, twin, next, origin, s, t } = structure
  const walls = new Float32Array(2 * halfEdges)
  let at = 0
  for (let h = 0; h < halfEdges; h++) {
    const [own, other] = [face[h], face[twin[h]]]
    if (own < 0 || other < 0 || h > twin[h]) continue
    if (hashes !== null && isSame(hashes, own, other)) continue
    const [from, to] = [origin[h], origin[next[h]]]
    walls[at++] = s[from]
    walls[at++] = t[from]
    walls[at++] = s[to]
    walls[at++] = t[to]
  }
  return walls.slice(0, at)
}

const isSame = (hashes: Uint32Array, a: number, b: number): boolean =>
  hashes[2 * a] === hashes[2 * b] && hashes[2 * a + 1] === hashes[2 * b + 1]

/** How many connected unions of faces of one hash there are. */
function unionsOf({ faces, halfEdges, face, twin }: Structure, hashes: Uint32Array): number {
  const parent = Int32Array.from({ length: faces }, (_, i) => i)
  const root = (i: number): number => {
    while (parent[i] !== i) {
      parent[i] = parent[parent[i]]
      i = parent[i]
    }
    return i
  }
  let count = faces
  for (let h = 0; h < halfEdges; h++) {
    const [a, b] = [face[h], face[twin[h]]]
    if (a < 0 || b < 0 || !isSame(hashes, a, b)) continue
    const [i, j] = [root(a), root(b)]
    if (i === j) continue
    parent[i] = j
    count--
  }
  return count
}

/** The error is convex on every region: the largest of the window is at a vertex. */
function worstOf({ s, t }: Structure, errors: Float64Array): NonNullable<RegionsPicture['worst']> {
  let worst = 0
  for (let v = 1; v < errors.length; v++) if (errors[v] > errors[worst]) worst = v
  return { value: errors[worst], at: [s[worst], t[worst]] }
}
