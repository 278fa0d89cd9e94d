import { preparedLength } from '@facet/data'
import type { Autoencoder } from '@facet/models'
import { UsageError } from '../errors.ts'
import type { ModelConfig } from './model-schema.ts'

/** What fields of a `model.json` must be for it to belong to the model, and to its other fields. */
const rules: readonly {
  readonly field: string
  readonly what: string
  expected(config: ModelConfig, model: Autoencoder): number
  /** `null` where the field says nothing of it. */
  found(config: ModelConfig): number | null
}[] = [
  {
    field: 'data.inputs',
    what: 'the inputs of the model',
    expected: (_, model) => model.input,
    found: ({ data }) => data.inputs ?? null,
  },
  {
    field: 'data.columns',
    what: 'the inputs of the model',
    expected: (_, model) => model.input,
    found: ({ data }) => (data.inputs === undefined ? data.columns : null),
  },
  {
    field: 'preparation.width',
    what: 'the columns',
    expected: ({ data }) => data.columns,
    found: ({ preparation }) => preparation.width,
  },
  {
    field: 'settings.bottleneck',
    what: 'the bottleneck of the model',
    expected: (_, model) => model.bottleneck,
    found: ({ settings }) => settings.bottleneck,
  },
  {
    field: 'data.items',
    what: 'those trained on, held out and left out',
    expected: partsOf,
    found: ({ data }) => data.items ?? null,
  },
  {
    field: 'data.rows',
    what: 'those trained on and those held out',
    expected: partsOf,
    found: ({ data }) => (data.items === undefined ? data.rows : null),
  },
  {
    field: 'data.columnNames',
    what: 'one for each column',
    expected: ({ data }) => data.columns,
    found: ({ data }) => data.columnNames?.length ?? null,
  },
  {
    field: 'data.image',
    what: 'the columns, in height × width × channels',
    expected: ({ data }) => data.columns,
    found: ({ data: { image } }) => image && image.height * image.width * image.channels,
  },
  {
    field: 'data.features',
    what: 'one for each column',
    expected: ({ data }) => data.columns,
    found: ({ data }) => data.features?.length ?? null,
  },
  {
    field: 'preparation',
    what: 'the inputs of the model',
    expected: (_, model) => model.input,
    found: ({ preparation }) => preparedLength(preparation),
  },
  {
    field: 'preparation.columns',
    what: 'one for each column',
    expected: ({ data }) => data.columns,
    found: ({ preparation }) => preparation.columns?.length ?? null,
  },
  {
    field: 'preparation.window.length',
    what: 'as settings.window says',
    expected: ({ settings }) => settings.window ?? 0,
    found: ({ preparation }) => preparation.window?.length ?? 0,
  },
  {
    field: 'normaliser.means',
    what: 'one for each input',
    expected: (_, model) => model.input,
    found: ({ preparation: { normaliser } }) =>
      normaliser.kind === 'columns' ? normaliser.means.length : null,
  },
  {
    field: 'normaliser.deviations',
    what: 'one for each input',
    expected: (_, model) => model.input,
    found: ({ preparation: { normaliser } }) =>
      normaliser.kind === 'columns' ? normaliser.deviations.length : null,
  },
]

/** Every item is in one part, or in none with a reason. */
function partsOf({ data }: ModelConfig): number {
  const { trainRows, validationRows, between = 0, unusable = 0 } = data
  return trainRows + validationRows + between + unusable
}

/** @throws UsageError naming the field that contradicts the model, or other fields. */
export function expectFits(path: string, config: ModelConfig, model: Autoencoder): void {
  for (const { field, what, ...rule } of rules) {
    const [expected, found] = [rule.expected(config, model), rule.found(config)]
    if (found !== null && found !== expected) {
      throw new UsageError(`${path}: ${field}: expected ${expected}, ${what}, got ${found}`)
    }
  }
}
