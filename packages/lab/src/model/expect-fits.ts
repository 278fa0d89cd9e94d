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
    field: 'data.columns',
    what: 'the inputs of the model',
    expected: (_, model) => model.input,
    found: ({ data }) => data.columns,
  },
  {
    field: 'settings.bottleneck',
    what: 'the bottleneck of the model',
    expected: (_, model) => model.bottleneck,
    found: ({ settings }) => settings.bottleneck,
  },
  {
    field: 'data.rows',
    what: 'those trained on and those held out',
    expected: ({ data }) => data.trainRows + data.validationRows,
    found: ({ data }) => data.rows,
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
    field: 'normaliser.means',
    what: 'one for each column',
    expected: ({ data }) => data.columns,
    found: ({ normaliser }) => (normaliser.kind === 'columns' ? normaliser.means.length : null),
  },
  {
    field: 'normaliser.deviations',
    what: 'one for each column',
    expected: ({ data }) => data.columns,
    found: ({ normaliser }) => (normaliser.kind === 'columns' ? normaliser.deviations.length : null),
  },
]

/** @throws UsageError naming the field that contradicts the model, or other fields. */
export function expectFits(path: string, config: ModelConfig, model: Autoencoder): void {
  for (const { field, what, ...rule } of rules) {
    const [expected, found] = [rule.expected(config, model), rule.found(config)]
    if (found !== null && found !== expected) {
      throw new UsageError(`${path}: ${field}: expected ${expected}, ${what}, got ${found}`)
    }
  }
}
