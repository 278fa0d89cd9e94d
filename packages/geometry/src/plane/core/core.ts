import { ExactProgram } from '../../exact/exact-run.ts'
import type { SparseMatrix } from '../../numbers/sparse-matrix.ts'
import type { Program } from '../../program/program.ts'
import { Arena } from './arena.ts'
import { type Bounds, boundsOf, chosenBy, refined, type Sigma } from './bounds.ts'
import { ExactPlane, type Origins } from './exact-plane.ts'
import { formsOf } from './forms.ts'
import type { GlobalName, Kernels } from './kernels.ts'
import { EDGE_BYTES, L, LEVEL_BYTES, type LevelField, STACK_BYTES, VERTEX_BYTES } from './layout.ts'
import { padded } from './levels.ts'
import { type Placed, placeLevel } from './place-level.ts'
import { Plan } from './plan.ts'
import { Records } from './records.ts'
import { Settler } from './settler.ts'
import { spectralBound } from './spectral-bound.ts'
import type { WindowOfPlane } from './window.ts'

/** What is told of faces that no unit is left to cut. */
export type Finished = (faces: Int32Array) => void

/** Memory of a large partition, which cannot shrink, is left to the collector. */
const MOST_IDLE = 2 ** 28

/** One arena serves partitions one after another: new memory costs 3 ms, and waits for the collector. */
let idle: Arena | undefined

/** Cuts the window of a plane by the units of a program, level by level. */
export class Core {
  readonly arena: Arena
  readonly kernels: Kernels
  readonly records: Records
  readonly plan: Plan
  readonly exact: ExactPlane
  readonly settler: Settler
  readonly #placed: Placed[] = []
  readonly #blockBytes: number
  readonly #bounds: readonly Bounds[]
  #goesOn = (): boolean => true
  readonly #sigmas = new Map<SparseMatrix, number>()
  readonly #sigma: Sigma = (matrix) => {
    let sigma = this.#sigmas.get(matrix)
    if (sigma === undefined) {
      sigma = spectralBound(matrix, this.arena)
      this.#sigmas.set(matrix, sigma)
    }
    return sigma
  }

  constructor(program: Program, window: WindowOfPlane, blockBytes = BLOCK_BYTES) {
    this.arena = idle ?? new Arena()
    idle = undefined
    this.arena.reset()
    this.#blockBytes = blockBytes
    this.plan = new Plan(program)
    this.#bounds = boundsOf(this.plan.steps[0], window, this.#sigma)
    const exact = new ExactProgram(program)
    this.exact = new ExactPlane(exact, this.plan, window, {
      on: (v) => this.records.vertexInt('ON', v),
      by: (v) => this.records.vertexInt('BY', v),
      in: (v) => this.records.vertexInt('IN', v),
      s: (v) => this.records.vertexFloat('S', v),
      t: (v) => this.records.vertexFloat('T', v),
      code: (face) => this.codeOf(face),
    })
    this.settler = new Settler(this, this.exact)
    this.kernels = this.arena.kernels
    this.records = new Records(this.arena)
    this.arena.hosted.host = {
      growVertices: () => this.#growVertices(),
      growEdges: () => this.#grow([['EDGES', EDGE_BYTES]], 'capH'),
      growFaces: () => {
        this.#grow(
          [
            ['FIRST', 4],
            ['CODE', 4 * this.plan.words],
          ],
          'capF',
        )
      },
      growRows: (level) => this.#growRows(level),
      growList: (level) => this.#growList(level),
      refine: (v) => this.settler.refine(v),
      settle: (level, v, unit) => this.settler.settle(level, v, unit),
      compare: (level, v, i, j) => this.settler.compare(level, v, i, j),
    }
    this.#set('codeWords', this.plan.words)
    this.#set('LEVELS', this.arena.take(LEVEL_BYTES * Math.max(1, this.plan.levels.length)))
    this.#set('capV', START_VERTICES)
    this.#set('capH', 4 * START_VERTICES)
    this.#set('capF', START_VERTICES)
    this.#set('VERTICES', this.arena.take(VERTEX_BYTES * START_VERTICES))
    this.#set('EDGES', this.arena.take(4 * EDGE_BYTES * START_VERTICES))
    this.#set('FIRST', this.arena.take(4 * START_VERTICES))
    this.#set('CODE', this.arena.take(4 * this.plan.words * START_VERTICES))
    this.records.startWindow(window)
    const { i32 } = this.arena
    i32[this.#get('FIRST') / 4] = 0
    i32.fill(0, this.#get('CODE') / 4, this.#get('CODE') / 4 + this.plan.words)
    this.#set('V', 4)
    this.#set('H', 8)
    this.#set('F', 1)
    this.kernels.rough.value = ROUGH * Math.hypot(window.s[1] - window.s[0], window.t[1] - window.t[0])
    this.#set('lastLevel', this.plan.levels.length - 1)
    const forms = formsOf(program, exact, window)
    for (const [k, level] of this.plan.levels.entries())
      this.#placed[k] = placeLevel(this.arena, level, this.#get('LEVELS') + LEVEL_BYTES * k, {
        forms,
        group: this.plan.groups[level.step.group],
        cutter: this.plan.cutters[k].first,
        before: this.plan.levels[k - 1]?.step,
        vertices: START_VERTICES,
      })
    const most = Math.max(16, ...program.sizes.map(padded), ...this.plan.levels.map(({ units }) => units * 2))
    this.#set('SCRATCH', this.arena.take(8 * most + 4 * this.#mostMaskWords() + 64))
    this.#set('SCRATCH2', this.arena.take(8 * most))
    this.#set('ROWLIST', this.arena.take(4 * most))
    this.#set('COEF', this.arena.take(8 * most))
    this.#set('STACK', this.arena.take(STACK_BYTES))
  }

  /** Gives the memory back, when nothing of it is looked at any more. */
  release(): void {
    this.arena.hosted.host = null
    if (this.arena.memory.buffer.byteLength <= MOST_IDLE) idle = this.arena
  }

  get vertices(): number {
    return this.#get('V')
  }

  get halfEdges(): number {
    return this.#get('H')
  }

  get faces(): number {
    return this.#get('F')
  }

  /** Whether an undecided sign was settled in rational arithmetic. */
  get wasSettled(): boolean {
    return this.settler.count > 0
  }

  /** The packed states of all faces: [faces × words]. */
  get codes(): Int32Array {
    return new Int32Array(this.arena.memory.buffer, this.#get('CODE'), this.plan.words * this.faces)
  }

  /** Those of one. */
  codeOf(face: number): Int32Array {
    const { words } = this.plan
    return this.codes.subarray(words * face, words * (face + 1))
  }

  /**
   * What it takes to find vertices again when the memory is given back.
   * @param copied coordinates and codes that were copied already
   */
  keptOrigins(copied?: {
    readonly s: Float64Array
    readonly t: Float64Array
    readonly code: Int32Array
  }): Origins {
    const { words } = this.plan
    const codes = copied?.code ?? this.codes.slice()
    const [on, by] = [this.records.vertexInts('ON'), this.records.vertexInts('BY')]
    const within = this.records.vertexInts('IN')
    const [s, t] = [copied?.s ?? this.records.vertexFloats('S'), copied?.t ?? this.records.vertexFloats('T')]
    return {
      on: (v) => on[v],
      by: (v) => by[v],
      in: (v) => within[v],
      s: (v) => s[v],
      t: (v) => t[v],
      code: (face) => codes.subarray(words * face, words * (face + 1)),
    }
  }

  /** A half-edge of each face; below 0 where the face is gone. */
  get firsts(): Int32Array {
    return new Int32Array(this.arena.memory.buffer, this.#get('FIRST'), this.faces)
  }

  /** Where an array of a level begins. */
  pointer(level: number, name: LevelField): number {
    return this.field(level, name) >>> 0
  }

  field(level: number, name: LevelField): number {
    return this.arena.i32[(this.#get('LEVELS') + LEVEL_BYTES * level) / 4 + L[name]]
  }

  /**
   * Cuts, and tells of faces as they are finished, block by block: a block of faces goes through all levels before the next one does.
   * @param mostFaces no face is cut once there are as many
   * @param goesOn asked before each block, and when there is no more room: a first level may have thousands of units
   * @returns whether all faces were finished.
   */
  run(finished: Finished, mostFaces: number, goesOn: () => boolean): boolean {
    this.#set('maxF', Math.min(mostFaces, 2 ** 31 - 1))
    this.#goesOn = goesOn
    return this.#cut(Int32Array.of(0), 0, this.#bounds, finished)
  }

  #cut(faces: Int32Array, k: number, bounds: readonly Bounds[], finished: Finished): boolean {
    if (k === this.plan.levels.length) {
      finished(faces)
      return true
    }
    if (!this.#goesOn()) return false
    while (this.field(k, 'LIST_CAP') < faces.length) this.#growList(k)
    this.arena.i32.set(faces, this.pointer(k, 'LIST') / 4)
    this.#setField(k, 'LIST_COUNT', faces.length)
    this.#setBounds(k, bounds)
    if (this.kernels.cut(k) === 0) return false
    const from = this.pointer(k, 'LIST') / 4
    const pieces = this.arena.i32.slice(from, from + this.field(k, 'LIST_COUNT'))
    if (k + 1 === this.plan.levels.length) {
      finished(pieces)
      return true
    }
    const within = this.#boundsBehind(k, bounds)
    const most = this.#blockFaces(k + 1)
    if (pieces.length <= most) return this.#cut(pieces, k + 1, within, finished)
    this.records.sortByPlace(pieces, this.firsts)
    for (let at = 0; at < pieces.length; at += most)
      if (!this.#cut(pieces.subarray(at, at + most), k + 1, within, finished)) return false
    return true
  }

  /** Numbers of the faces that a level begins with are not as large as those of the whole window may be. */
  #boundsBehind(k: number, bounds: readonly Bounds[]): Bounds[] {
    const { step, size } = this.plan.levels[k]
    const from = this.pointer(k, 'SIZES') / 8
    const sizes = this.arena.f64.subarray(from, from + size)
    return refined(bounds, step.from, sizes, this.plan.steps[k + 1], this.#sigma)
  }

  #setBounds(k: number, bounds: readonly Bounds[]): void {
    const { error, slope } = chosenBy(bounds[this.plan.levels[k].step.from])
    const { f64, i32 } = this.arena
    f64.set(error, this.pointer(k, 'ERROR') / 8)
    f64.set(slope, this.pointer(k, 'LIPSCHITZ') / 8)
    // A number that cannot be off is 0 everywhere.
    const live = this.pointer(k, 'LIVE') / 4
    i32.fill(0, live, live + this.field(k, 'KNOWN_WORDS'))
    for (let i = 0; i < error.length; i++) if (error[i] > 0) i32[live + (i >> 5)] |= 1 << (i & 31)
  }

  /** How many faces begin a level at one time: rows of their vertices, and of those made there, are to stay in the cache. */
  #blockFaces(k: number): number {
    return Math.max(64, Math.floor(this.#blockBytes / this.#placed[k].rowBytes))
  }

  #get(name: GlobalName): number {
    return this.kernels[name].value >>> 0
  }

  #set(name: GlobalName, value: number): void {
    this.kernels[name].value = value | 0
  }

  #setField(level: number, name: LevelField, value: number): void {
    this.arena.i32[(this.#get('LEVELS') + LEVEL_BYTES * level) / 4 + L[name]] = value
  }

  #mostMaskWords(): number {
    return Math.max(
      0,
      ...this.plan.levels.map(({ step, units }) =>
        step.kind === 'sign' ? 0 : units * Math.ceil(step.states / 32),
      ),
    )
  }

  /** Where it does not go on, no face is cut any more. */
  #look(): void {
    if (!this.#goesOn()) this.#set('maxF', 0)
  }

  #growVertices(): void {
    this.#look()
    const [used, cap] = [this.#get('capV'), 2 * this.#get('capV')]
    this.#grow([['VERTICES', VERTEX_BYTES]], 'capV')
    for (const [k, { perVertex }] of this.#placed.entries())
      for (const [field, bytes] of perVertex) {
        const at = (this.#get('LEVELS') + LEVEL_BYTES * k) / 4 + field
        const moved = this.arena.move(this.arena.i32[at] >>> 0, bytes * used, bytes * cap)
        if (field === L.HAVE) this.arena.u8.fill(0, moved + used, moved + cap)
        this.arena.i32[at] = moved
      }
  }

  #grow(arrays: readonly (readonly [GlobalName, number])[], cap: GlobalName): void {
    const used = this.#get(cap)
    for (const [name, bytes] of arrays)
      this.#set(name, this.arena.move(this.#get(name), bytes * used, 2 * bytes * used))
    this.#set(cap, 2 * used)
  }

  #growRows(level: number): void {
    this.#look()
    const used = this.field(level, 'CAP_ROWS')
    const { rowBytes } = this.#placed[level]
    for (const [name, bytes] of [
      ['POOL', rowBytes],
      ['VERTEX_OF', 4],
      ['FULL', 1],
    ] as const)
      this.#setField(level, name, this.arena.move(this.pointer(level, name), bytes * used, 2 * bytes * used))
    this.#setField(level, 'CAP_ROWS', 2 * used)
  }

  #growList(level: number): void {
    const used = this.field(level, 'LIST_CAP')
    this.#setField(level, 'LIST', this.arena.move(this.pointer(level, 'LIST'), 4 * used, 8 * used))
    this.#setField(level, 'LIST_CAP', 2 * used)
  }
}

/** Twice that is copied now and then: 1 ms for 20,000. */
const START_VERTICES = 2 ** 15

/**
 * Vertices that may be further off, as a share of the window's diagonal, are refined: one of 2,500 in 2-64-64-64 at ±10, 0.3 ms each, where three vertices with what
 * came from it would have to be settled, 1 ms each.
 */
const ROUGH = 2 ** -20

/** Rows that a block of faces begins with: of 2-64-64-64 at ±10 the cuts take 15 ms with 0.5 to 2 MiB, 18 with 4. */
const BLOCK_BYTES = 2 ** 21
