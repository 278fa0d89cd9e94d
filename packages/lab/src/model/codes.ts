import { applyNormaliser, type Preparation } from '@facet/data'
import type { Tensor } from '@facet/tensor'
import { zeros } from '@facet/tensor'
import { UsageError } from '../errors.ts'
import { endingOf } from '../folder/out-ending.ts'
import { textTableKinds } from '../folder/text-table.ts'
import { itemsOfSamples, type NewItems, type ReadingOptions } from './new-samples.ts'
import type { ModelFolder } from './open-model-folder.ts'
import { codesOf, type RowMaker, reconstructionsOf } from './row-makers.ts'
import { readSamples } from './samples.ts'

/** Codes are given to a decoder as they are; a row with a missing one is left out. */
export function preparationOfCodes(folder: ModelFolder): Preparation {
  const { header } = codesOf(folder)
  return {
    columns: header,
    width: header.length,
    missing: { rule: 'drop' },
    lengths: { rule: 'refuse' },
    window: null,
    normaliser: { kind: 'none' },
  }
}

/**
 * Reads codes as `facet encode` writes them: of a table with a header the columns z1 … zh, whatever stands beside them as ids; of others all columns.
 *
 * @throws UsageError naming the columns that are missing
 */
export async function codesFor(
  folder: ModelFolder,
  path: string,
  said: ReadingOptions = {},
): Promise<NewItems> {
  const { header } = codesOf(folder)
  const ending = endingOf(path)
  const usual: ReadingOptions = {
    // Written by hand, a table of a label and numbers would be taken for series.
    ...(ending in textTableKinds && { format: 'csv' }),
    ...(ending === '.npz' && { labels: 'labels' }),
    // A date is kept in front as any other column.
    time: null,
  }
  const rules = { missing: 'drop', expected: header, beside: 'id' } as const
  const samples = await readSamples({ ...usual, ...said, path }, folder.config.settings.seed, rules)
  if (samples.length !== header.length) {
    throw new UsageError(
      `${path}: expected ${header.length} columns, the codes of the model, got ${samples.length}`,
    )
  }
  return itemsOfSamples({ preparation: preparationOfCodes(folder) }, samples)
}

/** Whether what a model decodes stays in its units: each series was normalised by its own mean and deviation, which codes do not say. */
export const staysInUnits = ({ preparation }: ModelFolder): boolean =>
  preparation.normaliser.kind === 'series'

/** Rows that codes stand for, in the data's own units where those of the model are not all there is to know: {@link staysInUnits}. */
export function decodedOf(folder: ModelFolder): RowMaker {
  const { model, preparation } = folder
  const undo = (y: Tensor): Tensor =>
    staysInUnits(folder) ? y : applyNormaliser(preparation.normaliser, zeros(y.shape, 'float64')).undo(y)
  return {
    name: 'decoded',
    header: reconstructionsOf(folder).header,
    make: ({ data }) => undo(model.decode(data)),
  }
}
