import type { SamplesFile } from '@facet/data/node'
import { columnFacts } from './features.ts'
import type { ModelConfig } from './model-schema.ts'
import { reasonsOf } from './reasons.ts'
import type { PreparationSettings } from './settings.ts'
import type { TrainingSet } from './training-set.ts'
import { withFlags } from './with-flags.ts'

/** What the rows of a training were, and what became of them: what is shown before it, and kept with the model. */
export function trainedOn(
  samples: SamplesFile,
  settings: PreparationSettings,
  { train, validation, course }: TrainingSet,
  sha256: string,
): ModelConfig['data'] {
  const { columns, classes, image, ids, time, group } = samples
  return {
    name: samples.name,
    format: samples.format,
    columns: samples.length,
    inputs: train.shape[1],
    columnNames: columns && [...columns],
    classes: classes && [...classes],
    image: image && { ...image },
    ...columnFacts(samples, settings),
    beside: {
      ids: ids.map(({ name }) => name),
      time: time?.name ?? null,
      group: group?.name ?? null,
    },
    notes: [...samples.notes, ...course.notes].map((note) => withFlags(note)),
    rowsInFile: samples.rowsInFile,
    rows: samples.count,
    ...(group !== null && { series: new Set(group.values).size }),
    items: course.items,
    trainRows: train.shape[0],
    validationRows: validation?.shape[0] ?? 0,
    between: course.between,
    unusable: course.unusable.length,
    leftOut: reasonsOf(course.unusable),
    filled: course.filled,
    sha256,
  }
}
