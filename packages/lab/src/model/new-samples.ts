import { setImmediate } from 'node:timers/promises'
import {
  applyNormaliser,
  type Items,
  itemsOf,
  type Normalised,
  type PreparedItems,
  prepareItems,
} from '@facet/data'
import type { SamplesFile } from '@facet/data/node'
import { scope, type Tensor, tensor } from '@facet/tensor'
import { Interrupted, UsageError } from '../errors.ts'
import { endingOf } from '../folder/out-ending.ts'
import { normalisedRows } from './normalised-rows.ts'
import type { ModelFolder } from './open-model-folder.ts'
import { type LeftOut, reasonsOf, unusableRows } from './reasons.ts'
import { rowNumber } from './sample-names.ts'
import { type ReadingOptions, readSamples } from './samples.ts'
import type { DataSettings } from './settings.ts'
import { withFlags } from './with-flags.ts'

export type { ReadingOptions } from './samples.ts'

/**
 * Reads a file for a model: as its training file was read, if nothing else is said.
 * @throws UsageError naming file and line, or the columns that the model does not know.
 */
export async function samplesFor(
  { config, preparation }: ModelFolder,
  path: string,
  said: ReadingOptions = {},
): Promise<SamplesFile> {
  const { seed, missing, lengths } = config.settings
  const samples = await readSamples({ ...trainedReading(config, path), ...said, path }, seed, {
    missing,
    lengths,
    ...(preparation.columns !== null && { expected: preparation.columns }),
  }).catch((error: Error) => {
    // These rules are a model's own: no command but the training takes them.
    throw new UsageError(error.message.replace(/(?=--(missing|lengths) \w+\|)/, 'facet train with '))
  })
  const { columns, columnNames } = config.data
  if (samples.length !== columns && preparation.lengths.rule === 'refuse') {
    throw new UsageError(
      `${path}: expected ${columns} columns, as the model was trained on, got ${samples.length}`,
    )
  }
  const other =
    columnNames?.findIndex((name, j) => samples.columns !== null && samples.columns[j] !== name) ?? -1
  if (other >= 0) {
    throw new UsageError(
      `${path}: column ${other + 1}: expected '${columnNames![other]}', as the model was trained on, got '${samples.columns![other]}'`,
    )
  }
  return samples
}

/** What was said of the training file, as far as it is meant for a new one. */
function trainedReading({ settings, data }: ModelFolder['config'], path: string): Partial<DataSettings> {
  const { where: _, sample: __, labelsFile: ___, path: trained, ...alike } = settings.data
  if (nameKind(path) !== nameKind(trained)) return { precision: alike.precision }
  // A few rows may look like another kind of file than the many did.
  const format = alike.format ?? (plainEnding(path) === plainEnding(trained) ? (data.format ?? null) : null)
  const { time = null, group = null } = data.beside ?? {}
  if (settings.window !== null) return { ...alike, format, ...(time !== null && { time }) }
  // Rows alone need neither: they are kept beside them, where the new file has them.
  const beside = [alike.time === 'auto' ? null : time, group].filter((column) => column !== null)
  const id = [...(alike.id ?? []), ...beside]
  return { ...alike, format, id: id.length === 0 ? null : id, group: null, time: alike.time && 'auto' }
}

/** Endings of tables, which are read in the same way. */
const tables: readonly string[] = ['.csv', '.tsv', '.txt', '.tab', '.dat', '.data']

/** The ending of a name, packed or not. */
const plainEnding = (path: string): string => endingOf(path).replace(/\.gz$/, '')

/** What kind of file a name is of. */
const nameKind = (path: string): string => (tables.includes(plainEnding(path)) ? 'table' : plainEnding(path))

/** A file as a model takes it: its samples, the rows or windows that they make, and those of them that can be used. */
export interface NewItems {
  readonly samples: SamplesFile
  readonly items: Items
  /** Row i of it is item `prepared.items[i]`. */
  readonly prepared: PreparedItems
}

/** What says how items come into a model's units. */
export type Prepared = Pick<ModelFolder, 'preparation'>

/** @throws UsageError for a file that no item can be made of */
export function itemsOfSamples({ preparation }: Prepared, samples: SamplesFile): NewItems {
  return told(samples, () => {
    const items = itemsOf(samples, preparation.window, preparation.missing.rule)
    return { samples, items, prepared: prepareItems(preparation, items) }
  })
}

/** What {@link samplesFor} reads, as the model takes it. */
export const itemsFor = async (
  folder: ModelFolder,
  path: string,
  said: ReadingOptions = {},
): Promise<NewItems> => itemsOfSamples(folder, await samplesFor(folder, path, said))

/** What a file was taken for, and what happened to its rows on the way, in the words of the command line. */
export const notesOf = ({ samples, items }: NewItems): string[] =>
  [...samples.notes, ...items.notes].map((note) => withFlags(note))

/** Why rows, or windows, of a file could not be used. */
export const unusableIn = ({ samples, items, prepared }: NewItems): LeftOut[] =>
  reasonsOf(unusableRows(samples, items, prepared))

/** All rows, or windows, of a file in a model's units. @throws UsageError naming what cannot be used */
export function inUnitsOf(folder: ModelFolder, samples: SamplesFile): Tensor {
  const { items, prepared } = itemsOfSamples(folder, samples)
  const [bad] = unusableRows(samples, items, prepared)
  if (bad !== undefined) throw new UsageError(`${samples.name}: row ${bad.row}: ${withFlags(bad.reason)}`)
  const all = Int32Array.from({ length: prepared.rows.count }, (_, i) => i)
  const name = (i: number): string => `row ${rowNumber(samples, items.first[prepared.items[i]])}`
  return told(samples, () => normalisedRows(folder.preparation.normaliser, prepared, all, name))
}

/** Rows brought into a model's units at once. */
const batchRows = 256

/**
 * Calls `f` with batch after batch of what can be used of a file, in the model's units, and the row of `prepared` that it begins with.
 * @throws Interrupted between batches, once the signal is aborted
 */
export async function forBatches(
  { preparation }: Prepared,
  { samples, items, prepared }: NewItems,
  f: (batch: Normalised, from: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { count, length, values } = prepared.rows
  for (let from = 0; from < count; from += batchRows) {
    const to = Math.min(from + batchRows, count)
    scope(() => {
      const raw = tensor(values.slice(from * length, to * length), { shape: [to - from, length] })
      const name = (i: number): string => `row ${rowNumber(samples, items.first[prepared.items[from + i]])}`
      f(
        told(samples, () => applyNormaliser(preparation.normaliser, raw, name)),
        from,
      )
    })
    await setImmediate() // Ctrl-C gets its turn
    if (signal?.aborted) throw new Interrupted()
  }
}

function told<T>({ name }: SamplesFile, f: () => T): T {
  try {
    return f()
  } catch (error) {
    throw new UsageError(`${name}: ${withFlags((error as Error).message)}`)
  }
}
