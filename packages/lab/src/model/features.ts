import { type ColumnOddity, type ColumnSummary, summariseColumns } from '@facet/data'
import type { SamplesFile } from '@facet/data/node'
import type { ModelConfig } from './model-schema.ts'
import type { PreparationSettings } from './settings.ts'

type Data = ModelConfig['data']

/** More columns are no table that a person reads. */
const mostFeatures = 4096

/** The columns of a table with their ranges, and what is odd about them; nothing of images and series, whose numbers are of one kind. */
export function columnFacts(
  samples: SamplesFile,
  { normalise }: PreparationSettings,
): Pick<Data, 'features' | 'warnings'> {
  const { length, columns, image } = samples
  const isTable = columns !== null || normalise === 'columns'
  if (image !== null || !isTable || length > mostFeatures) return { warnings: [] }
  const summaries = summariseColumns(samples)
  const features = summaries.map(({ low, high, missing }) =>
    Number.isNaN(low) ? { low: null, high: null, missing } : { low, high, missing },
  )
  return { features, warnings: warningsOf(summaries) }
}

/** The name of a column, or its number from 1. */
export const columnName = ({ columnNames }: Pick<Data, 'columnNames'>, j: number): string =>
  columnNames?.[j] || `column ${j + 1}`

const leaving = '--drop leaves out, --id keeps beside the rows'

const said: Readonly<Record<ColumnOddity, string>> = {
  empty: 'there is no value: nothing to learn',
  constant: 'all values are equal: nothing to learn, and any other value is far away',
  'nearly constant':
    'values differ by less than a millionth of their size: scaled, a small change of them drowns the other columns',
  counting: `each value is larger than the one before, as numbers of rows and times are: ${leaving}`,
  placeholder:
    'a value far from all others looks as if it stood for a missing one: leave it empty in the file, and say by --missing what becomes of it',
  unnamed: `without a name in the header, as pandas writes an index: ${leaving}`,
}

/** Names that a warning lists. */
const listed = 5

/** What a person would want to know of columns before a model learns them: a sentence for each kind of oddity. */
function warningsOf(summaries: readonly ColumnSummary[]): string[] {
  return Object.entries(said).flatMap(([oddity, sentence]) => {
    const names = summaries
      .filter(({ oddities }) => oddities.includes(oddity as ColumnOddity))
      .map(({ name }) => name)
    if (names.length === 0) return []
    const more = names.length > listed ? ` and ${names.length - listed} more` : ''
    return [`${names.slice(0, listed).join(', ')}${more}: ${sentence}`]
  })
}
