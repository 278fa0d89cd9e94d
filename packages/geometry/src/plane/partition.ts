import type { Verified } from '../line/line-walk.ts'
import type { Changed } from '../line/segment-walk.ts'
import { type Lazy, lazy } from '../numbers/lazy.ts'
import type { Level } from '../program/level.ts'
import { type Program, unitsOf } from '../program/program.ts'
import { PackedCodes } from './codes.ts'
import type { Plane } from './core/window.ts'
import { type Corners, findCorners, type Precision, unitPlaces } from './corners.ts'
import { exactMaps } from './exact-maps.ts'
import type { ExactVertex } from './exact-points.ts'
import { type LevelLine, levelLines } from './level-lines.ts'
import { Locator } from './locate.ts'
import { classifyMaps, connectedClasses, type RegionClasses } from './maps.ts'
import { errorForms, type ReconstructionErrors, reconstructionErrors, slopeNorms } from './measures.ts'
import { areaOf } from './polygon.ts'
import { PlaneRegion } from './region.ts'
import { decidedArea } from './smallest.ts'
import type { PlaneStructure } from './structure.ts'
import { type PlaneSummary, summaryOf } from './summary.ts'

/** What a partition is made of. */
export interface PlanePartitionParts {
  readonly structure: PlaneStructure
  readonly program: Program
  readonly plane: Plane
  readonly complete: boolean
  readonly verified: Verified
  /** The structure's last group is its only unit. */
  readonly level?: Level | null
  /** Decides what coordinates in float64 leave open; without it such points count as being on one line, and `verified` is `'float'`. */
  readonly exactVertex?: ExactVertex | null
  /** How far s and t of each vertex may be off: 2⁻⁴⁰ of the largest of them if not given. */
  readonly vertexErrors?: Float64Array
}

/** Regions of 2⁻⁴⁰ of the window's coordinates are left to exact arithmetic: 4,096 times the rounding of a coordinate. */
const RELATIVE_ERROR = 2 ** -40

/** A network's regions in a window of a plane, as convex polygons in (s, t). What takes a pass over all of them is made when it is first asked for. */
export class PlanePartition implements Iterable<PlaneRegion> {
  readonly structure: PlaneStructure
  readonly codes: PackedCodes
  readonly program: Program
  readonly plane: Plane
  readonly level: Level | null
  /** Maximal connected sets of one activation pattern. */
  readonly regions: number
  /** Whether these are all: nothing was cut by a budget. */
  readonly complete: boolean
  /** Units of the network with states: the length of a code. */
  readonly units: number
  readonly #precision: Precision
  readonly #verified: Verified
  readonly #places: ReturnType<typeof unitPlaces>
  readonly #corners: Lazy<Corners>
  readonly #order: Lazy<Int32Array>
  readonly #areas: Lazy<Float64Array>
  readonly #maps: Lazy<RegionClasses>
  readonly #pieces: Lazy<RegionClasses>
  readonly #locator: Lazy<Locator>
  readonly #summary: Lazy<PlaneSummary>
  #errors: Float64Array | undefined

  constructor({ structure, program, plane, complete, verified, level, ...precision }: PlanePartitionParts) {
    this.structure = structure
    this.codes = new PackedCodes(structure)
    this.program = program
    this.plane = plane
    this.level = level ?? null
    this.regions = structure.faces
    this.complete = complete
    this.units = unitsOf(program)
    this.#verified = verified
    this.#precision = {
      errors:
        precision.vertexErrors ??
        new Float64Array(structure.vertices).fill(RELATIVE_ERROR * largestOf(structure)),
      exactVertex: precision.exactVertex ?? null,
    }
    this.#places = unitPlaces(this.codes)
    this.#corners = lazy(() => findCorners(structure, this.codes, this.#precision))
    this.#order = lazy(() =>
      Int32Array.from({ length: structure.faces }, (_, i) => i).sort((a, b) => this.codes.compare(a, b)),
    )
    this.#areas = lazy(() => Float64Array.from({ length: structure.faces }, (_, i) => areaOf(structure, i)))
    this.#maps = lazy(() =>
      classifyMaps(program, plane, this.codes, this.order, exactMaps(program, plane, this.codes)),
    )
    this.#pieces = lazy(() => connectedClasses(structure, this.affineMaps()))
    this.#locator = lazy(() => new Locator(structure, this.#precision, complete))
    this.#summary = lazy(() => summaryOf(this, this.#precision))
  }

  /** How signs were decided: those of the cuts, and of turns where regions have their corners. */
  get verified(): Verified {
    return weaker(this.#verified, this.corners.verified)
  }

  /** Number of points where edges meet or turn. */
  get vertices(): number {
    return this.summary().vertices
  }

  /** Number of edges, those on the window's edge included. */
  get edges(): number {
    return this.summary().edges
  }

  get faces(): number {
    return this.regions
  }

  get corners(): Corners {
    return this.#corners()
  }

  /** The regions in the order of their codes, word by word. */
  get order(): Int32Array {
    return this.#order()
  }

  /** @throws RangeError for a number that no region has. */
  region(index: number): PlaneRegion {
    if (Number.isInteger(index) && index >= 0 && index < this.regions) return new PlaneRegion(this, index)
    throw new RangeError(`PlanePartition.region: expected a number below ${this.regions}, got ${index}`)
  }

  *[Symbol.iterator](): IterableIterator<PlaneRegion> {
    for (let i = 0; i < this.regions; i++) yield new PlaneRegion(this, i)
  }

  /** The region that holds a point, one of them on a wall; null where none does. */
  at(s: number, t: number): PlaneRegion | null {
    const face = this.#locator().at(s, t)
    return face < 0 ? null : new PlaneRegion(this, face)
  }

  /** The unit behind a number of `structure.wall`, [group, unit]; of a level set the group behind the last, and the output. */
  unitOf(wall: number): readonly [group: number, unit: number] {
    return this.#named(this.#places.group[wall], this.#places.unit[wall])
  }

  /** The units whose states differ between two regions: [group, unit, state in a, state in b]. */
  changes(a: number, b: number): Changed[] {
    return this.codes
      .changes(a, b)
      .map(([group, unit, before, after]) => [...this.#named(group, unit), before, after])
  }

  /** Of a region, in (s, t): within 1e-10 of itself, however small it is. */
  areaOf(region: number): number {
    return decidedArea(this.structure, region, this.#precision)
  }

  /** Of all regions, in (s, t), within the rounding of coordinates. */
  areas(): Float64Array {
    return this.#areas()
  }

  /** Regions by the affine map of the output, as a function of (s, t); exact. */
  affineMaps(): RegionClasses {
    return this.#maps()
  }

  /** Connected unions of regions with one map of the output. */
  affinePieces(): RegionClasses {
    return this.#pieces()
  }

  /** The level set as polylines with the higher side on their left. None without a level. */
  levelLines(): LevelLine[] {
    return this.level === null ? [] : levelLines(this.structure, this.codes)
  }

  /** ‖A‖_F of each region, restricted to the plane. */
  slopeNorms(): Float64Array {
    return slopeNorms(this.program, this.plane, this.codes, this.order)
  }

  /** How many units have another state than in a region, of each region. */
  codeDistances(region: number): Int32Array {
    return Int32Array.from({ length: this.regions }, (_, i) => this.codes.distance(region, i))
  }

  /** Errors ‖x − f(x)‖² of an autoencoder. @throws Error where outputs are not as many as inputs. */
  reconstructionErrors(): ReconstructionErrors {
    return reconstructionErrors(this.#errorForms('reconstructionErrors'), this.structure)
  }

  /**
   * The error ‖x − f(x)‖² of an autoencoder on each region as a quadratic around its centroid, [regions × 8]: s and t of the centroid, then the coefficients of 1,
   * ds, dt, ds², ds·dt and dt², where ds and dt are measured from there.
   *
   * @throws Error where outputs are not as many as inputs.
   */
  errorForms(): Float64Array {
    return this.#errorForms('errorForms')
  }

  /** Counts and measures of all regions together. */
  summary(): PlaneSummary {
    return this.#summary()
  }

  #errorForms(operation: string): Float64Array {
    const { program, plane, structure, codes, order } = this
    this.#errors ??= errorForms(operation, program, plane, structure, codes, order)
    return this.#errors
  }

  #named(group: number, unit: number): readonly [group: number, unit: number] {
    const isLevel = this.level !== null && group === this.codes.groups.length - 1
    return [group, isLevel ? this.level.output : unit]
  }
}

/** The word that holds for both. */
function weaker(a: Verified, b: Verified): Verified {
  const words: readonly Verified[] = ['float', 'exact', 'checked']
  return words[Math.min(words.indexOf(a), words.indexOf(b))]
}

function largestOf({ vertices, s, t }: PlaneStructure): number {
  let largest = 0
  for (let v = 0; v < vertices; v++) largest = Math.max(largest, Math.abs(s[v]), Math.abs(t[v]))
  return largest
}
