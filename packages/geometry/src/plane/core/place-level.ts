import { type SparseMatrix, transposed } from '../../numbers/sparse-matrix.ts'
import type { ChoiceStep, Slot } from '../../program/program.ts'
import type { PackedGroup } from '../structure.ts'
import type { Arena } from './arena.ts'
import { codes } from './kernels.generated.ts'
import { L, LEVEL_BYTES, type LevelField, SLOPE, St } from './layout.ts'
import { type Level, type LevelStep, padded, type Source } from './levels.ts'

/** Columns of which fewer entries are not 0 are lists: an entry costs about four times as much as one in a row. */
const SPARSE_BELOW = 0.2

/** Rows that a level begins with room for, in bytes. */
const START_ROW_BYTES = 2 ** 21

/** Affine forms of the plane of the numbers in a slot: [3 × size]. */
export type Forms = (slot: Slot) => Float64Array

/** What a level is told of the others. */
export interface LevelSetting {
  readonly forms: Forms
  readonly group: PackedGroup
  /** The number of its first cutter. */
  readonly cutter: number
  /** The units of the level before. */
  readonly before: ChoiceStep | undefined
  /** How many vertices there is room for. */
  readonly vertices: number
}

/** A level as it lies in memory. */
export interface Placed {
  /** Arrays with an entry for each vertex: where the level's pointer to one stands, and the bytes of an entry. */
  readonly perVertex: readonly (readonly [field: number, bytes: number])[]
  readonly rowBytes: number
}

/**
 * Puts a level into memory at `at`, with the matrices that lead to it.
 *
 * @param before the units of the level before
 */
export function placeLevel(arena: Arena, level: Level, at: number, setting: LevelSetting): Placed {
  const { forms, group, cutter, before, vertices } = setting
  const { step, units, steps, direct } = level
  const n = padded(level.size)
  const isSign = step.kind === 'sign'
  const states = isSign ? 2 : step.states
  const maskWords = Math.ceil(states / 32)
  // Signs are looked at 64 at a time, masks 128 bits at a time.
  const words = isSign ? 2 * Math.ceil(units / 64) : (units * maskWords + 3) & ~3
  const signBytes = isSign ? 8 * words : 4 * words
  const knownWords = isSign ? words : Math.ceil(n / 32)
  const rowBytes = 8 * level.rowSize
  const rows = Math.min(2 ** 13, Math.max(64, Math.floor(START_ROW_BYTES / rowBytes)))
  const fields: Record<LevelField, number> = {
    KIND: codes.kind[step.kind],
    N: n,
    WORDS: words,
    UNITS: units,
    CUTTER: cutter,
    CODE: group.from,
    PLANES: group.planes,
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
    STEPS: placeSteps(arena, steps, forms),
    STEP_COUNT: steps.length,
    COLUMNS: 0,
    IS_SPARSE: 0,
    LIST: arena.take(4 * vertices),
    LIST_COUNT: 0,
    LIST_CAP: vertices,
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
    const first = fields.STEPS / 4
    fields.COLUMNS = arena.i32[first + St.COLUMNS]
    fields.IS_SPARSE = arena.i32[first + St.IS_SPARSE]
    if (isSign && before?.kind === 'sign' && before.slope === 0) {
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
  const ints = at / 4
  arena.i32.fill(0, ints, ints + LEVEL_BYTES / 4)
  for (const [name, value] of Object.entries(fields)) arena.i32[ints + L[name as LevelField]] = value
  for (const [field, bytes] of perVertex) {
    const from = arena.take(bytes * vertices)
    if (field === L.HAVE) arena.u8.fill(0, from, from + vertices)
    arena.i32[ints + field] = from
  }
  arena.f64[(at + SLOPE) / 8] = isSign ? step.slope : 1
  return { perVertex, rowBytes }
}

function placeSteps(arena: Arena, steps: readonly LevelStep[], forms: Forms): number {
  const ints = new Int32Array(St.COUNT * steps.length)
  for (const [i, step] of steps.entries()) {
    const put = (at: number, values: readonly number[]) => ints.set(values, St.COUNT * i + at)
    const source = ({ kind, level, offset, size }: Source) => [codes.source[kind], level, 8 * offset, size]
    put(St.OP, [codes.op[step.op], 8 * step.to, padded(step.size)])
    if (step.op === 'form') put(St.COLUMNS, [placeForms(arena, forms(step.slot), step.size)])
    else put(St.A_KIND, source(step.a))
    if (step.op === 'sum') put(St.B_KIND, source(step.b))
    if (step.op === 'affine') {
      const asLists = step.matrix !== null && isSparse(step.matrix)
      const columns = step.matrix === null ? 0 : placeColumns(arena, step.matrix, asLists)
      const bias = step.bias === null ? 0 : arena.putFloats(step.bias, padded(step.size))
      put(St.COLUMNS, [columns, Number(asLists), bias])
    }
  }
  return arena.putInts(ints)
}

/** Three rows, each padded. */
function placeForms(arena: Arena, forms: Float64Array, size: number): number {
  const n = padded(size)
  const all = new Float64Array(3 * n)
  for (let lane = 0; lane < 3; lane++) all.set(forms.subarray(lane * size, (lane + 1) * size), lane * n)
  return arena.putFloats(all)
}

function isSparse({ rows, columns, value }: SparseMatrix): boolean {
  return value.length < SPARSE_BELOW * rows * columns
}

function placeColumns(arena: Arena, matrix: SparseMatrix, asLists: boolean): number {
  const n = padded(matrix.rows)
  if (!asLists) {
    const { rows, columns, start, column, value } = matrix
    const at = arena.take(8 * n * columns)
    const { f64 } = arena
    f64.fill(0, at / 8, at / 8 + n * columns)
    for (let i = 0; i < rows; i++)
      for (let k = start[i]; k < start[i + 1]; k++) f64[at / 8 + column[k] * n + i] = value[k]
    return at
  }
  const { rows, start, column, value } = transposed(matrix)
  const list = arena.take(4 * rows)
  const at = arena.take(8 * rows + 16 * value.length)
  const { i32, f64 } = arena
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
