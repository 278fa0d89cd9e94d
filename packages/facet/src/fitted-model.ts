import { type Preparation, restoreRows } from '@facet/data'
import {
  type Autoencoder,
  alarmRule,
  alarms,
  type Calibration,
  pValues,
  RegionIndex,
  rowErrors,
} from '@facet/models'
import { scope, type Tensor, tensor } from '@facet/tensor'
import { explainRows, type RowExplanation } from './explain-rows.ts'
import type { FittedParts, Kept } from './fitted-parts.ts'
import { type PartialFitOptions, resolvePartialOptions } from './options.ts'
import { saying } from './prepare-training.ts'
import { type PreparedRows, prepareTable } from './prepared.ts'
import type { FitReport } from './report.ts'
import { readRows } from './rows/read-rows.ts'
import type { RowsInput, Table } from './rows/table.ts'
import { type RowsOutput, rowLists, writeRows } from './rows/write-rows.ts'
import { type SaveOptions, saveFitted } from './save-file.ts'
import type { ModelSettings } from './settings.ts'
import { type PartialFitResult, Stream } from './stream.ts'

/** Of rows that were given: their table, those that can be used, and these as a tensor in the model's units. */
interface Given {
  readonly table: Table
  readonly prepared: PreparedRows
  readonly x: Tensor
}

/**
 * A fitted autoencoder: what `fit` and `load` give. Rows come in any form that `fit` takes, with the same columns. A row that cannot be used, such as one with a missing
 * value under `missing: 'refuse'` or a number that float32 cannot hold once it is normalised, has NaN in the place of every number. Each question is answered at once, in one task: in a page, ask it of many thousand rows, or of rows of
 * hundreds of columns, in pieces.
 */
export class FittedModel {
  /** The autoencoder itself, for geometry and further training. */
  readonly model: Autoencoder
  readonly preparation: Preparation
  readonly #settings: ModelSettings
  readonly #report: FitReport | null
  readonly #kept: Kept
  readonly #stream: Stream
  #regions: RegionIndex | null = null
  #isDisposed = false

  /** @internal `fit` and `load` make models. */
  constructor(parts: FittedParts) {
    this.model = parts.model
    this.preparation = parts.preparation
    this.#settings = parts.settings
    this.#report = parts.report
    this.#kept = parts.kept
    this.#stream = new Stream(parts, parts.loss)
  }

  /** Names of the columns; `null` where they have none. */
  get columns(): readonly string[] | null {
    return this.preparation.columns
  }

  /** Errors above it are alarms; Infinity where nothing was held out. */
  get threshold(): number {
    return this.#calibration === null
      ? Infinity
      : alarmRule(this.#calibration, this.#settings.alarms).threshold
  }

  /** How the fit went. @throws Error for a model of a file that does not say. */
  get report(): FitReport {
    if (this.#report !== null) return this.#report
    throw new Error(
      'report: expected a model of fit, or of a file that save() wrote, got one of another file',
    )
  }

  /** Mean squared reconstruction error of each row, in the model's units: the larger, the odder. NaN for a row that cannot be used. */
  score(rows: RowsInput): number[] {
    return this.#with('score', rows, (given) => [...this.#errors(given)])
  }

  /**
   * Split-conformal p-value of each row: how often a row like those held out has such an error, or a larger one.
   * @throws Error where nothing was held out.
   */
  pValues(rows: RowsInput): number[] {
    const calibration = this.#calibrated('pValues')
    return this.#with('pValues', rows, (given) => [...pValues(calibration, this.#errors(given))])
  }

  /** Whether each row is an alarm: its score is above `threshold`. @throws Error where nothing was held out. */
  isAnomaly(rows: RowsInput): boolean[] {
    const rule = alarmRule(this.#calibrated('isAnomaly'), this.#settings.alarms)
    return this.#with('isAnomaly', rows, (given) =>
      Array.from(alarms(rule, this.#errors(given)), (one) => one === 1),
    )
  }

  /** Where the error of each row lies: the share of each column, and the one change that takes most of it away. */
  explain(rows: RowsInput): RowExplanation[] {
    return this.#with('explain', rows, ({ table, prepared, x }) => {
      const told: RowExplanation[] = Array.from({ length: table.count }, () => ({ columns: [], cause: null }))
      if (prepared.places.length === 0) return told
      explainRows(this.model, x, prepared, this.preparation).forEach((one, i) => {
        told[prepared.places[i]] = one
      })
      return told
    })
  }

  /** The code of each row: `bottleneck` numbers. */
  encode(rows: RowsInput): number[][] {
    return this.#with('encode', rows, ({ table, prepared, x }) => {
      const width = this.model.bottleneck
      return rowLists(
        this.#spread(table, prepared, width, () => this.model.encode(x).dataSync()),
        table.count,
        width,
      )
    })
  }

  /** What the model makes of each row, in the rows' own units and form. */
  reconstruct<R extends RowsInput>(rows: R): RowsOutput<R> {
    return this.#with('reconstruct', rows, ({ table, prepared, x }) => {
      const { normaliser } = this.preparation
      const restored = (): Float64Array =>
        restoreRows(normaliser, prepared.rows, this.model.reconstruct(x).dataSync() as ArrayLike<number>)
      const values = this.#spread(table, prepared, table.width, restored)
      return writeRows(values, table.count, table.width, table.names, table.form)
    }) as RowsOutput<R>
  }

  /**
   * Of each row how many units of the network are in another state than in the nearest region of a row that was trained on (of those the model keeps, see `memory`):
   * 0 inside such a region, the more the further outside; NaN for a row that cannot be used.
   * @throws Error where the model keeps no rows.
   */
  outside(rows: RowsInput): number[] {
    const index = this.#regionIndex()
    return this.#with('outside', rows, ({ table, prepared, x }) => {
      const differing = (): Int32Array => {
        const { encoder, decoder } = this.model.regionCode(x)
        return index.nearest([encoder, decoder]).differing
      }
      return [...this.#spread(table, prepared, 1, differing)]
    })
  }

  /**
   * Learns from rows that come later, together with kept ones so that these are not forgotten. A share of the new rows is held out; thresholds follow the latest rows that were held out,
   * under the present weights. The rows are scored before they are learned: `changed` says that they are no longer the same data.
   */
  async partialFit(rows: RowsInput, options: PartialFitOptions = {}): Promise<PartialFitResult> {
    this.#expectAlive('partialFit')
    const given = resolvePartialOptions(options)
    const table = readRows('partialFit', rows, this.#columns)
    this.#regions = null
    return this.#stream.learn(table, given)
  }

  /**
   * The model as the bytes of one file: a safetensors file, which `load`, `@facet/facet/score`, PyTorch and NumPy read; with `to` it is kept in the browser as well.
   * It holds kept rows unless `rows: false` leaves them out; a model of such a file has no `outside`, and learns from new rows alone, as with `memory: 0`.
   */
  async save(options: SaveOptions = {}): Promise<Uint8Array> {
    this.#expectAlive('save')
    const { model, preparation } = this
    return saveFitted(
      {
        model,
        preparation,
        calibration: this.#calibration,
        settings: this.#settings,
        report: this.#report,
        kept: this.#kept,
        stream: this.#stream.state(),
      },
      options,
    )
  }

  /** Gives the memory of the model back. It cannot be used afterwards. */
  dispose(): void {
    if (this.#isDisposed) return
    this.#isDisposed = true
    this.#stream.release()
    this.model.dispose()
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  get #columns() {
    return this.preparation.columns ?? this.preparation.width
  }

  #expectAlive(operation: string): void {
    if (this.#isDisposed) throw new Error(`${operation}: expected a model in use, got one after dispose()`)
  }

  get #calibration(): Calibration | null {
    return this.#stream.calibration
  }

  #calibrated(operation: string): Calibration {
    if (this.#calibration !== null) return this.#calibration
    throw new Error(
      `${operation}: expected a model with rows held out, whose errors say which are large, got one of validation: 0`,
    )
  }

  /** Calls `f` with rows as the model is given them; tensors are released. */
  #with<T>(operation: string, rows: RowsInput, f: (given: Given) => T): T {
    this.#expectAlive(operation)
    const table = readRows(operation, rows, this.#columns)
    const prepared = saying(operation, () => prepareTable(this.preparation, table))
    const shape = [prepared.places.length, this.model.input]
    // What a scope returns is searched for tensors, number by number.
    let result: T | undefined
    scope(() => {
      const x =
        prepared.places.length === 0 ? null : tensor(prepared.values, { shape, dtype: this.model.dtype })
      result = f({ table, prepared, x: x as Tensor })
    })
    return result as T
  }

  /** Numbers of prepared rows, `width` each, at the places of the rows that were given; NaN for the others. */
  #spread(
    table: Table,
    { places }: PreparedRows,
    width: number,
    values: () => ArrayLike<number>,
  ): Float64Array {
    const out = new Float64Array(table.count * width).fill(Number.NaN)
    if (places.length === 0) return out
    const found = values()
    for (let i = 0, at = 0; i < places.length; i++) {
      for (let j = 0; j < width; j++) out[places[i] * width + j] = found[at++]
    }
    return out
  }

  #errors({ table, prepared, x }: Given): Float64Array {
    return this.#spread(table, prepared, 1, () => rowErrors(this.model, x))
  }

  #regionIndex(): RegionIndex {
    this.#expectAlive('outside')
    const { trained } = this.#kept
    if (trained.count === 0)
      throw new Error(
        'outside: expected a model that keeps rows, got one of memory: 0, or saved with rows: false',
      )
    this.#regions ??= scope(() => {
      const { input } = this.model
      const x = Float32Array.from({ length: trained.count * input }, (_, i) => {
        return trained.values[Math.floor(i / input) * trained.width + (i % input)]
      })
      const { encoder, decoder } = this.model.regionCode(
        tensor(x, { shape: [trained.count, input], dtype: this.model.dtype }),
      )
      return new RegionIndex([encoder, decoder])
    })
    return this.#regions
  }
}
