import type { GridTask } from './grid.ts'
import { type AnyGridReport, cellOf } from './grid-report.ts'

interface OfTask {
  readonly task: GridTask
}

/** Columns of a file that tell a training from others. */
export const taskColumns = {
  set: ({ task }: OfTask) => task.set,
  model: ({ task }: OfTask) => task.model,
  value: ({ task }: OfTask) => task.value,
  run: ({ task }: OfTask) => task.run + 1,
}

/** A column that has 1 where a training is at the value that was chosen for its model. */
export const isChosenIn =
  (report: AnyGridReport) =>
  ({ task: { set, model, value } }: OfTask): number =>
    Number(cellOf(report, set, model)?.chosen === value)
