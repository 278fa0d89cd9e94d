import { ExactProgram, offsetsOf } from '../exact/exact-run.ts'
import { type SparseMatrix, transposed } from '../numbers/sparse-matrix.ts'
import type { Program, Step } from '../program/program.ts'
import { Arena } from './arena.ts'
import { type Bounds, boundsOf, chosenBy, refined } from './bounds.ts'
import { formsOf } from './forms.ts'
import type { GlobalName, Kernels } from './kernels.ts'
import { type Level, type LevelStep, levelsOf, padded, type Source, stepsOfLevels } from './levels.ts'
import { type Cutter, Settler } from './settler.ts'
import type { PackedGroup } from './structure.ts'
import type { WindowOfPlane } from './window.ts'

/** Fields of a level, as `L` of assembly/state.ts has them. */
const L = {
  KIND: 0,
  N: 1,
  WORDS: 2,
  UNITS: 3,
  CUTTER: 4,
  CODE: 5,
  PLANES: 6,
  POOL: 7,
  ROW_BYTES: 8,
  ROWS: 9,
  CAP_ROWS: 10,
  ROW_OF: 11,
  VERTEX_OF: 12,
  FULL: 13,
  SIGN: 14,
  HAVE: 15,
  KNOWN: 16,
  KNOWN_WORDS: 17,
  ERROR: 18,
  LIPSCHITZ: 19,
  LIVE: 20,
  OFFSET: 21,
  STEPS: 22,
  STEP_COUNT: 23,
  COLUMNS: 24,
  IS_SPARSE: 25,
  BIAS: 26,
  LIST: 27,
  LIST_COUNT: 28,
  LIST_CAP: 29,
  STATES: 30,
  PLACES: 31,
  MASK_WORDS: 32,
  ZERO_IS_SURE: 33,
  SIGN_BYTES: 34,
  ROW_START: 35,
  ROW_COLUMN: 36,
  SIZES: 37,
} as const
const LEVEL_BYTES = 256
const SLOPE = 248

const OPS = { form: 0, affine: 1, sum: 2, copy: 3 } as const
const SOURCES = { plain: 0, sign: 1, largest: 2 } as const
/** Ints of a step, as `St` has them. */
const STEP_INTS = 16

/** Bytes of a vertex and of a half-edge, and where in them what is known of it stands: `At` of assembly/state.ts. */
const VERTEX_BYTES = 72
const EDGE_BYTES = 32
const vertexFloats = { S: 0, T: 8, TAU: 16, RHO: 24, KAPPA: 32 } as const
const vertexInts = { EA: 40, EB: 44, ON: 48, BY: 52, IN: 56, AT: 60, GENERATION: 64 } as const
const edgeInts = { NEXT: 0, ORIGIN: 4, TWIN: 8, WALL: 12, FACE: 16 } as const
const EDGE_FLOAT = 24

/** Columns of which fewer entries are not 0 are lists: an entry costs about four times as much as one in a row. */
const SPARSE_BELOW = 0.2

/** Faces that wait, and pieces of one, in STACK: as `PIECES` and `MOST_PIECES` of assembly/largest.ts say. */
const STACK_BYTES = 4 * (2 ** 16 + 2 * 2 ** 14)

/** A level as it lies in memory. */
interface Placed {
  readonly level: Level
  readonly codeFrom: number
  readonly planes: number
  readonly perVertex: readonly (readonly [field: number, bytes: number])[]
  readonly rowBytes: number
}

/** What is told of faces that no unit is left to cut. */
export type Finished = (faces: Int32Array) => void

/** One arena serves partitions one after another: new memory costs 3 ms, and waits for the collector. */
let idle: Arena | undefined
/** Memory does not shrink: larger ones are left to the collector. */
const MOST_IDLE_BYTES = 2 ** 28

/** Cuts the window of a plane by the units of a program, level by level. */
export class Core {
  readonly arena: Arena
  readonly kernels: Kernels
  readonly levels: readonly Level[]
  readonly groups: readonly PackedGroup[]
  readonly settler: Settler
  /** Of wall ids of the structure: the level's first cutter, and how many cutters a unit has. */
  readonly cutters: readonly { readonly first: number; readonly perUnit: number; readonly unitFrom: number }[]
  readonly words: number
  readonly #placed: Placed[] = []
  readonly #blockBytes: number
  readonly #bounds: readonly Bounds[]
  readonly #stepsOfLevels: readonly (readonly Step[])[]
  #goesOn = (): boolean => true

  constructor(program: Program, window: WindowOfPlane, blockBytes = BLOCK_BYTES) {
    this.arena = idle ?? new Arena()
    idle = undefined
    this.arena.reset()
    this.#blockBytes = blockBytes
    this.levels = levelsOf(program)
    this.#stepsOfLevels = stepsOfLevels(program)
    this.#bounds = boundsOf(this.#stepsOfLevels[0], window)
    const exact = new ExactProgram(program)
    this.settler = new Settler(exact, window, this)
    this.kernels = this.arena.kernels
    this.arena.hosted.host = {
      growVertices: () => this.#growVertices(),
      growEdges: () => this.#grow([['EDGES', EDGE_BYTES]], 'capH'),
      growFaces: () => {
        this.#grow(
          [
            ['FIRST', 4],
            ['CODE', 4 * this.words],
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
    const unitFrom = offsetsOf(program)
    const cutters: { first: number; perUnit: number; unitFrom: number }[] = []
    const groups: PackedGroup[] = []
    let [cutter, words] = [0, 0]
    for (const { step, units } of this.levels) {
      const states = step.kind === 'sign' ? 2 : step.states
      const perUnit = step.kind === 'sign' ? 1 : states * states
      const planes = 32 - Math.clz32(states - 1)
      cutters.push({ first: cutter, perUnit, unitFrom: unitFrom[step.group] })
      groups[step.group] = { units, states, from: words, planes }
      cutter += units * perUnit
      words += planes * Math.ceil(units / 32)
    }
    this.cutters = cutters
    this.groups = groups
    this.words = words
    this.#set('codeWords', words)
    this.#set('LEVELS', this.arena.take(LEVEL_BYTES * Math.max(1, this.levels.length)))
    this.#startArrays(window)
    this.kernels.rough.value = ROUGH * Math.hypot(window.s[1] - window.s[0], window.t[1] - window.t[0])
    this.#set('lastLevel', this.levels.length - 1)
    const forms = formsOf(program, exact, window)
    this.levels.forEach((_, k) => this.#place(k, forms))
    const most = Math.max(16, ...program.sizes.map(padded), ...this.levels.map(({ units }) => units * 2))
    this.#set('SCRATCH', this.arena.take(8 * most + 4 * this.#mostMaskWords() + 64))
    this.#set('SCRATCH2', this.arena.take(8 * most))
    this.#set('ROWLIST', this.arena.take(4 * most))
    this.#set('COEF', this.arena.take(8 * most))
    this.#set('STACK', this.arena.take(STACK_BYTES))
  }

  /** Gives the memory back, when nothing of it is looked at any more. */
  release(): void {
    this.arena.hosted.host = null
    if (this.arena.memory.buffer.byteLength <= MOST_IDLE_BYTES) idle = this.arena
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
    return new Int32Array(this.arena.memory.buffer, this.#get('CODE'), this.words * this.faces)
  }

  /** A half-edge of each face; below 0 where the face is gone. */
  get firsts(): Int32Array {
    return new Int32Array(this.arena.memory.buffer, this.#get('FIRST'), this.faces)
  }

  vertexInt(name: keyof typeof vertexInts, v: number): number {
    return this.arena.i32[(this.#get('VERTICES') + VERTEX_BYTES * v + vertexInts[name]) / 4]
  }

  vertexFloat(name: keyof typeof vertexFloats, v: number): number {
    return this.arena.f64[(this.#get('VERTICES') + VERTEX_BYTES * v + vertexFloats[name]) / 8]
  }

  edgeInt(name: keyof typeof edgeInts, h: number): number {
    return this.arena.i32[(this.#get('EDGES') + EDGE_BYTES * h + edgeInts[name]) / 4]
  }

  /** Puts a vertex elsewhere on the edge that it was made on. */
  place(v: number, tau: number, s: number, t: number, rho: number): void {
    const at = (this.#get('VERTICES') + VERTEX_BYTES * v) / 8
    const { f64 } = this.arena
    f64[at + vertexFloats.TAU / 8] = tau
    f64[at + vertexFloats.S / 8] = s
    f64[at + vertexFloats.T / 8] = t
    f64[at + vertexFloats.RHO / 8] = rho
  }

  /** Copies. */
  vertexInts(name: keyof typeof vertexInts): Int32Array {
    return this.#ints('VERTICES', VERTEX_BYTES, vertexInts[name], this.vertices)
  }

  vertexFloats(name: keyof typeof vertexFloats): Float64Array {
    const { f64 } = this.arena
    const copy = new Float64Array(this.vertices)
    let at = (this.#get('VERTICES') + vertexFloats[name]) / 8
    for (let v = 0; v < copy.length; v++, at += VERTEX_BYTES / 8) copy[v] = f64[at]
    return copy
  }

  /** Copies of all that is known of half-edges. @param units the unit of each cutter */
  edges(units: Int32Array) {
    const { i32 } = this.arena
    const count = this.halfEdges
    const [next, origin, twin] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)]
    const [wall, face] = [new Int32Array(count), new Int32Array(count)]
    let at = this.#get('EDGES') / 4
    for (let h = 0; h < count; h++, at += EDGE_BYTES / 4) {
      next[h] = i32[at + edgeInts.NEXT / 4]
      origin[h] = i32[at + edgeInts.ORIGIN / 4]
      twin[h] = i32[at + edgeInts.TWIN / 4]
      const cutter = i32[at + edgeInts.WALL / 4]
      wall[h] = cutter < 0 ? -1 : units[cutter]
      face[h] = i32[at + edgeInts.FACE / 4]
    }
    return { next, origin, twin, wall, face }
  }

  #ints(array: GlobalName, bytes: number, offset: number, count: number): Int32Array {
    const { i32 } = this.arena
    const copy = new Int32Array(count)
    let at = (this.#get(array) + offset) / 4
    for (let i = 0; i < count; i++, at += bytes / 4) copy[i] = i32[at]
    return copy
  }

  /** Places above 2 GiB would be below 0 as signed numbers. */
  field(level: number, name: keyof typeof L): number {
    return this.arena.i32[(this.#get('LEVELS') + LEVEL_BYTES * level) / 4 + L[name]] >>> 0
  }

  /** The level and the unit of a cutter; of a pair of candidates, both. */
  cutterOf(cutter: number): Cutter {
    const level = this.cutters.findLastIndex(({ first }) => first <= cutter)
    const { first, perUnit } = this.cutters[level]
    const unit = Math.floor((cutter - first) / perUnit)
    const { step } = this.levels[level]
    if (step.kind === 'sign') return { level, i: unit, j: -1 }
    const pair = (cutter - first) % perUnit
    const place = (state: number) => step.places[unit * step.states + state]
    return { level, i: place(Math.floor(pair / step.states)), j: place(pair % step.states) }
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
    return this.#cut(Int32Array.of(0), 0, this.#bounds, finished, goesOn)
  }

  #cut(
    faces: Int32Array,
    k: number,
    bounds: readonly Bounds[],
    finished: Finished,
    goesOn: () => boolean,
  ): boolean {
    if (k === this.levels.length) {
      finished(faces)
      return true
    }
    if (!goesOn()) return false
    while (this.field(k, 'LIST_CAP') < faces.length) this.#growList(k)
    this.arena.i32.set(faces, this.field(k, 'LIST') / 4)
    this.#setField(k, 'LIST_COUNT', faces.length)
    this.#setBounds(k, bounds)
    if (this.kernels.cut(k) === 0) return false
    const from = this.field(k, 'LIST') / 4
    const pieces = this.arena.i32.slice(from, from + this.field(k, 'LIST_COUNT'))
    if (k + 1 === this.levels.length) {
      finished(pieces)
      return true
    }
    const within = this.#boundsBehind(k, bounds)
    const most = this.#blockFaces(k + 1)
    if (pieces.length <= most) return this.#cut(pieces, k + 1, within, finished, goesOn)
    this.#sortByPlace(pieces)
    for (let at = 0; at < pieces.length; at += most)
      if (!this.#cut(pieces.subarray(at, at + most), k + 1, within, finished, goesOn)) return false
    return true
  }

  /** Numbers of the faces that a level begins with are not as large as those of the whole window may be. */
  #boundsBehind(k: number, bounds: readonly Bounds[]): Bounds[] {
    const { step, size } = this.levels[k]
    const from = this.field(k, 'SIZES') / 8
    const sizes = this.arena.f64.subarray(from, from + size)
    return refined(bounds, step.from, sizes, this.#stepsOfLevels[k + 1])
  }

  #setBounds(k: number, bounds: readonly Bounds[]): void {
    const { error, slope } = chosenBy(bounds[this.levels[k].step.from])
    const { f64, i32 } = this.arena
    f64.set(error, this.field(k, 'ERROR') / 8)
    f64.set(slope, this.field(k, 'LIPSCHITZ') / 8)
    // A number that cannot be off is 0 everywhere.
    const live = this.field(k, 'LIVE') / 4
    i32.fill(0, live, live + this.field(k, 'KNOWN_WORDS'))
    for (let i = 0; i < error.length; i++) if (error[i] > 0) i32[live + (i >> 5)] |= 1 << (i & 31)
  }

  /** How many faces begin a level at one time: rows of their vertices, and of those made there, are to stay in the cache. */
  #blockFaces(k: number): number {
    return Math.max(64, Math.floor(this.#blockBytes / this.#placed[k].rowBytes))
  }

  /** Neighbours stand near each other then: the window has 1,024 cells, in the order of their interleaved binary digits. */
  #sortByPlace(faces: Int32Array): void {
    const { firsts } = this
    const [s0, s1] = [this.vertexFloat('S', 0), this.vertexFloat('S', 2)]
    const [t0, t1] = [this.vertexFloat('T', 0), this.vertexFloat('T', 2)]
    const cell = new Int32Array(faces.length)
    const from = new Int32Array(1025)
    for (let i = 0; i < faces.length; i++) {
      const v = this.edgeInt('ORIGIN', firsts[faces[i]])
      const column = Math.min(31, Math.floor((32 * (this.vertexFloat('S', v) - s0)) / (s1 - s0)))
      const row = Math.min(31, Math.floor((32 * (this.vertexFloat('T', v) - t0)) / (t1 - t0)))
      cell[i] = spreadDigits[column] + 2 * spreadDigits[row]
      from[cell[i] + 1]++
    }
    for (let c = 0; c < 1024; c++) from[c + 1] += from[c]
    const sorted = new Int32Array(faces.length)
    for (let i = 0; i < faces.length; i++) sorted[from[cell[i]]++] = faces[i]
    faces.set(sorted)
  }

  #get(name: GlobalName): number {
    return this.kernels[name].value >>> 0
  }

  #set(name: GlobalName, value: number): void {
    this.kernels[name].value = value | 0
  }

  #setField(level: number, name: keyof typeof L, value: number): void {
    this.arena.i32[(this.#get('LEVELS') + LEVEL_BYTES * level) / 4 + L[name]] = value
  }

  #mostMaskWords(): number {
    return Math.max(
      0,
      ...this.levels.map(({ step, units }) =>
        step.kind === 'sign' ? 0 : units * Math.ceil(step.states / 32),
      ),
    )
  }

  /** The window: four vertices, eight half-edges (odd ones outside), one face. Walls below 0 are its sides. */
  #startArrays({ s, t }: WindowOfPlane): void {
    this.#set('capV', START_VERTICES)
    this.#set('capH', 4 * START_VERTICES)
    this.#set('capF', START_VERTICES)
    this.#set('VERTICES', this.arena.take(VERTEX_BYTES * START_VERTICES))
    this.#set('EDGES', this.arena.take(4 * EDGE_BYTES * START_VERTICES))
    this.#set('FIRST', this.arena.take(4 * START_VERTICES))
    this.#set('CODE', this.arena.take(4 * this.words * START_VERTICES))
    const { i32, f64 } = this.arena
    const [vertices, edges] = [this.#get('VERTICES'), this.#get('EDGES')]
    i32.fill(0, vertices / 4, (vertices + 4 * VERTEX_BYTES) / 4)
    for (let v = 0; v < 4; v++) {
      const at = vertices + VERTEX_BYTES * v
      f64[(at + vertexFloats.S) / 8] = s[v === 1 || v === 2 ? 1 : 0]
      f64[(at + vertexFloats.T) / 8] = t[v >= 2 ? 1 : 0]
      for (const name of ['ON', 'BY', 'AT'] as const) i32[(at + vertexInts[name]) / 4] = -1
    }
    const window = {
      ORIGIN: [0, 1, 1, 2, 2, 3, 3, 0],
      NEXT: [2, 7, 4, 1, 6, 3, 0, 5],
      TWIN: [1, 0, 3, 2, 5, 4, 7, 6],
      WALL: [-1, -1, -2, -2, -3, -3, -4, -4],
      FACE: [0, -1, 0, -1, 0, -1, 0, -1],
    }
    for (let h = 0; h < 8; h++) {
      const at = edges + EDGE_BYTES * h
      for (const name of Object.keys(edgeInts) as (keyof typeof edgeInts)[])
        i32[(at + edgeInts[name]) / 4] = window[name][h]
      f64[(at + EDGE_FLOAT) / 8] = 0
    }
    i32[this.#get('FIRST') / 4] = 0
    i32.fill(0, this.#get('CODE') / 4, this.#get('CODE') / 4 + this.words)
    this.#set('V', 4)
    this.#set('H', 8)
    this.#set('F', 1)
  }

  #place(k: number, forms: (slot: number) => Float64Array): void {
    const { arena } = this
    const level = this.levels[k]
    const { step, units, steps, direct } = level
    const n = padded(level.size)
    const isSign = step.kind === 'sign'
    const states = isSign ? 2 : step.states
    const maskWords = Math.ceil(states / 32)
    // Signs are looked at 64 at a time, masks 128 bits at a time.
    const words = isSign ? 2 * Math.ceil(units / 64) : (units * maskWords + 3) & ~3
    const signBytes = isSign ? 8 * words : 4 * words
    const knownWords = isSign ? words : Math.ceil(n / 32)
    const { planes, from: codeFrom } = this.groups[step.group]
    const rowBytes = 8 * level.rowSize
    const rows = Math.min(2 ** 13, Math.max(64, Math.floor(START_ROW_BYTES / rowBytes)))
    const fields: Record<keyof typeof L, number> = {
      KIND: isSign ? 0 : 1,
      N: n,
      WORDS: words,
      UNITS: units,
      CUTTER: this.cutters[k].first,
      CODE: codeFrom,
      PLANES: planes,
      POOL: arena.take(rowBytes * rows),
      ROW_BYTES: rowBytes,
      ROWS: 0,
      CAP_ROWS: rows,
      ROW_OF: 0,
      VERTEX_OF: arena.take(4 * rows),
      FULL: arena.take(rows),
      SIGN: 0,
      HAVE: 0,
      KNOWN: 0,
      KNOWN_WORDS: knownWords,
      ERROR: arena.putFloats([], n),
      LIPSCHITZ: arena.putFloats([], n),
      LIVE: arena.take(4 * knownWords),
      OFFSET: 8 * level.offset,
      STEPS: this.#placeSteps(steps, forms),
      STEP_COUNT: steps.length,
      COLUMNS: 0,
      IS_SPARSE: 0,
      BIAS: 0,
      LIST: arena.take(4 * START_VERTICES),
      LIST_COUNT: 0,
      LIST_CAP: START_VERTICES,
      STATES: states,
      PLACES: isSign ? 0 : arena.putInts(step.places),
      MASK_WORDS: maskWords,
      ZERO_IS_SURE: Number(level.isZeroSure),
      SIGN_BYTES: signBytes,
      ROW_START: 0,
      ROW_COLUMN: 0,
      SIZES: arena.take(8 * n),
    }
    if (direct !== null) {
      // The step that evaluates has the same columns.
      const at = fields.STEPS / 4
      fields.COLUMNS = arena.i32[at + 11]
      fields.IS_SPARSE = arena.i32[at + 12]
      const before = this.levels[k - 1].step
      if (isSign && before.kind === 'sign' && before.slope === 0) {
        const { start, column } = direct.matrix
        const hasBias = (i: number) => direct.bias !== null && i < direct.bias.length && direct.bias[i] !== 0
        fields.ROW_START = arena.putInts(
          Array.from({ length: n + 1 }, (_, i) =>
            i >= level.size ? start[level.size] : hasBias(i) ? start[i] | 0x80000000 : start[i],
          ),
        )
        fields.ROW_COLUMN = arena.putInts(column)
      }
    }
    const perVertex = [
      [L.ROW_OF, 4],
      [L.SIGN, signBytes],
      [L.HAVE, 1],
      [L.KNOWN, 4 * knownWords],
    ] as const
    const at = (this.#get('LEVELS') + LEVEL_BYTES * k) / 4
    arena.i32.fill(0, at, at + LEVEL_BYTES / 4)
    for (const [name, value] of Object.entries(fields)) arena.i32[at + L[name as keyof typeof L]] = value
    for (const [field, bytes] of perVertex) {
      const from = arena.take(bytes * START_VERTICES)
      if (field === L.HAVE) arena.u8.fill(0, from, from + START_VERTICES)
      arena.i32[at + field] = from
    }
    arena.f64[(this.#get('LEVELS') + LEVEL_BYTES * k + SLOPE) / 8] = isSign ? step.slope : 1
    this.#placed[k] = { level, codeFrom, planes, perVertex, rowBytes }
  }

  #placeSteps(steps: readonly LevelStep[], forms: (slot: number) => Float64Array): number {
    const ints = new Int32Array(STEP_INTS * steps.length)
    for (const [i, step] of steps.entries()) {
      const put = (at: number, values: readonly number[]) => ints.set(values, STEP_INTS * i + at)
      const source = ({ kind, level, offset, size }: Source) => [SOURCES[kind], level, 8 * offset, size]
      put(0, [OPS[step.op], 8 * step.to, padded(step.size)])
      if (step.op === 'form') put(11, [this.#placeForms(forms(step.slot), step.size)])
      else put(3, source(step.a))
      if (step.op === 'sum') put(7, source(step.b))
      if (step.op === 'affine') {
        const isSparse = step.matrix !== null && this.#isSparse(step.matrix)
        const columns = step.matrix === null ? 0 : this.#placeColumns(step.matrix, isSparse)
        const bias = step.bias === null ? 0 : this.arena.putFloats(step.bias, padded(step.size))
        put(11, [columns, Number(isSparse), bias])
      }
    }
    return this.arena.putInts(ints)
  }

  /** Three rows, each padded. */
  #placeForms(forms: Float64Array, size: number): number {
    const n = padded(size)
    const all = new Float64Array(3 * n)
    for (let lane = 0; lane < 3; lane++) all.set(forms.subarray(lane * size, (lane + 1) * size), lane * n)
    return this.arena.putFloats(all)
  }

  #isSparse({ rows, columns, value }: SparseMatrix): boolean {
    return value.length < SPARSE_BELOW * rows * columns
  }

  #placeColumns(matrix: SparseMatrix, isSparse: boolean): number {
    const n = padded(matrix.rows)
    if (!isSparse) {
      const { rows, columns, start, column, value } = matrix
      const at = this.arena.take(8 * n * columns)
      const { f64 } = this.arena
      f64.fill(0, at / 8, at / 8 + n * columns)
      for (let i = 0; i < rows; i++)
        for (let k = start[i]; k < start[i + 1]; k++) f64[at / 8 + column[k] * n + i] = value[k]
      return at
    }
    const { rows, start, column, value } = transposed(matrix)
    const list = this.arena.take(4 * rows)
    const at = this.arena.take(8 * rows + 16 * value.length)
    const { i32, f64 } = this.arena
    let to = at
    for (let j = 0; j < rows; j++) {
      i32[list / 4 + j] = to
      i32[to / 4] = start[j + 1] - start[j]
      to += 8
      for (let k = start[j]; k < start[j + 1]; k++, to += 16) {
        i32[to / 4] = column[k]
        f64[to / 8 + 1] = value[k]
      }
    }
    return list
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
      this.#setField(level, name, this.arena.move(this.field(level, name), bytes * used, 2 * bytes * used))
    this.#setField(level, 'CAP_ROWS', 2 * used)
  }

  #growList(level: number): void {
    const used = this.field(level, 'LIST_CAP')
    this.#setField(level, 'LIST', this.arena.move(this.field(level, 'LIST'), 4 * used, 8 * used))
    this.#setField(level, 'LIST_CAP', 2 * used)
  }
}

/** Twice that is copied now and then: 1 ms for 20,000. */
const START_VERTICES = 2 ** 15
/** Rows that a level begins with room for, in bytes. */
const START_ROW_BYTES = 2 ** 21

/**
 * Vertices that may be further off, as a share of the window's diagonal, are refined: one of 2,500 in 2-64-64-64 at ±10, 0.3 ms each, where three vertices with what
 * came from it would have to be settled, 1 ms each.
 */
const ROUGH = 2 ** -20

/** Binary digits with room for others between them. */
const spreadDigits = Int32Array.from({ length: 32 }, (_, x) =>
  [0, 1, 2, 3, 4].reduce((spread, bit) => spread | (((x >> bit) & 1) << (2 * bit)), 0),
)

/** Rows that a block of faces begins with. */
const BLOCK_BYTES = 2 ** 22
