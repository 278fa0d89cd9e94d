import type { SamplesFile } from '@facet/data/node'
import { columnFacts } from './features.ts'
import type { ModelConfig } from './model-schema.ts'
import type { PreparationSettings } from './settings.ts'
import type { PreparationCourse, TrainingSet } from './training-set.ts'
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
    leftOut: reasonsOf(course),
    filled: course.filled,
    sha256,
  }
}

/** Kinds of reasons that are kept: each names what is wrong with a row, which may be another thing for every one. */
const mostReasons = 10

function reasonsOf({ unusable }: PreparationCourse): NonNullable<ModelConfig['data']['leftOut']> {
  const byReason = new Map<string, { reason: string; count: number; firstRow: number }>()
  for (const { row, reason } of unusable) {
    const known = byReason.get(reason)
    if (known === undefined) byReason.set(reason, { reason, count: 1, firstRow: row })
    else known.count++
  }
  return [...byReason.values()].sort((a, b) => b.count - a.count).slice(0, mostReasons)
}
