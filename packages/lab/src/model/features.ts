import type { SamplesFile } from '@facet/data/node'
import type { ModelConfig } from './model-schema.ts'
import type { PreparationSettings } from './settings.ts'

export type Feature = NonNullable<ModelConfig['data']['features']>[number]

/** More columns are no table that a person reads. */
const mostFeatures = 4096

/** The columns of a table with their ranges; `null` for images and series, whose numbers are of one kind. */
export function featuresOf(samples: SamplesFile, { normalise }: PreparationSettings): Feature[] | null {
  const { values, count, length, columns, image } = samples
  const isTable = columns !== null || normalise === 'columns'
  if (image !== null || !isTable || length > mostFeatures) return null
  const low = new Float64Array(length).fill(Infinity)
  const high = new Float64Array(length).fill(-Infinity)
  const missing = new Int32Array(length)
  for (let row = 0, i = 0; row < count; row++) {
    for (let column = 0; column < length; column++, i++) {
      const value = values[i]
      if (value < low[column]) low[column] = value
      if (value > high[column]) high[column] = value
      if (Number.isNaN(value)) missing[column]++
    }
  }
  return Array.from(missing, (gaps, j) =>
    gaps === count ? { low: null, high: null, missing: gaps } : { low: low[j], high: high[j], missing: gaps },
  )
}

/** The name of a column, or its number from 1. */
export const columnName = ({ columnNames }: Pick<ModelConfig['data'], 'columnNames'>, j: number): string =>
  columnNames?.[j] || `column ${j + 1}`

/** What a person would want to know of columns before a model learns them, a sentence each. */
export function columnWarnings(_samples: SamplesFile): string[] {
  return []
}
