import type { Column, Explanation } from './explain.ts'
import { type ModelFile, openFile } from './file.ts'
import { dot } from './list.ts'
import { modelOf } from './model.ts'
import { type Prepared, preparationOf } from './preparation.ts'
import { type Rows, readRow } from './rows.ts'

export type { Column, Explanation } from './explain.ts'
export type { Cell, Rows } from './rows.ts'

/** When a score is an alarm. */
interface Alarm {
  readonly threshold?: number | null
}

/** As `facet train` writes it. */
interface Training {
  readonly result?: { readonly alarm?: Alarm }
}

/** A model that scores rows, and nothing else. */
export interface Scorer {
  /** Names of the columns; `null` where they have none. */
  readonly columns: readonly string[] | null
  /** A row with a larger score is an anomaly; `null` where nothing was held out to tell. */
  readonly threshold: number | null
  /** The mean squared error of each row in the model's units; NaN where a row cannot be scored: a value is missing that nothing fills. */
  score(rows: Rows): number[]
  /** Whether the score is above the threshold. */
  isAnomaly(rows: Rows): boolean[]
  /** The code of each row. */
  encode(rows: Rows): number[][]
  /** What the model makes of each row, in the rows' own units. */
  reconstruct(rows: Rows): number[][]
  explain(rows: Rows): Explanation[]
}

/**
 * Reads a model that `save` of `@facet/facet`, `saveModel` of `@facet/models` or `facet train` wrote, and scores rows with it: in plain
 * JavaScript, synchronously, with nothing to start. A file without a preparation scores rows in the model's units.
 *
 * @throws Error for bytes that are no such file, and models of windows or of series of several lengths.
 * @example
 * import { init } from '@facet/tensor'
 * import { autoencoder, saveModel } from '@facet/models'
 * import { load } from '@facet/facet/score'
 * await init()
 * const bytes = await saveModel(autoencoder({ input: 3, bottleneck: 1 }))
 * const model = load(bytes)
 * model.score([[1, 2, 3]]) // as rowErrors of the engine
 * model.explain([[1, 2, 3]])[0].columns[0] // { column: 2, share: 0.6… }
 */
export function load(bytes: Uint8Array | ArrayBuffer): Scorer {
  try {
    return scorerOf(openFile(bytes))
  } catch (cause) {
    throw Error(`score: load: ${(cause as Error).message}`)
  }
}

function scorerOf(file: ModelFile): Scorer {
  const [{ inputs, run }, whole, round, shortest] = modelOf(file)
  const [columns, prepare] = preparationOf(file, inputs, round)
  const threshold =
    (file.json<Alarm>('facet.fit') ?? file.json<Training>('facet.training')?.result?.alarm)?.threshold ?? null
  const each = <T>(rows: Rows, of: (prepared: Prepared) => T): T[] =>
    [...rows].map((row, i) => of(prepare(readRow(`score: row ${i}`, row, columns, inputs))))
  const nameOf = (j: number): Column => columns?.[j] ?? j
  /** What the model does not make of a row it was just given. */
  const residual = (x: readonly number[]) => {
    const made = whole.run(x)
    return x.map((value, j) => value - made[j])
  }
  const score = (rows: Rows) =>
    each(rows, ([x]) => {
      const left = residual(x)
      return dot(left, left) / inputs
    })
  return {
    columns,
    threshold,
    score,
    isAnomaly: (rows) => score(rows).map((error) => error > (threshold ?? Infinity)),
    encode: (rows) => each(rows, ([x]) => [...run(x)]),
    reconstruct: (rows) => each(rows, ([x, , undo]) => Array.from(whole.run(x), undo)),
    explain: (rows) =>
      each(rows, ([x, row, undo]) => {
        const left = residual(x)
        const all = dot(left, left)
        let cause: Explanation['cause'] = null
        x.forEach((value, j) => {
          const image = whole.run(
            row.map((_, i) => Number(i === j)),
            true,
          )
          const along = left[j] - dot(image, left)
          const squared = dot(image, image)
          const length = 1 - 2 * image[j] + squared
          const share = Math.min(1, along ** 2 / length / all)
          if (length > shortest * (1 + squared) && share > (cause?.share ?? 0))
            cause = { column: nameOf(j), share, value: row[j], expected: undo(value - along / length, j) }
        })
        return {
          columns: left
            .map((value, j) => ({
              column: nameOf(j),
              share: value ** 2 / (all || 1),
            }))
            .sort((a, b) => b.share - a.share),
          cause,
        }
      }),
  }
}
