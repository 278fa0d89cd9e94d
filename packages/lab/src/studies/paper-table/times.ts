import type { Cell } from '../../study/choose.ts'
import { mean } from '../../text/statistics.ts'
import type { PaperOutcome } from './outcome.ts'
import type { PaperReport } from './report.ts'

/** Updates of the weights in one training on a set. */
export const stepsOf = ({ settings, sizes }: PaperReport, set: string): number =>
  settings.epochs * Math.ceil(sizes[set].train / settings.batchSize)

/** Seconds of one training at the chosen value, mean over the runs whose time is known; `null` where none is. */
export function secondsOf({ runs }: PaperReport, { set, model, chosen }: Cell<PaperOutcome>): number | null {
  const known = runs.flatMap(({ task, seconds }) =>
    task.set === set && task.model === model && task.value === chosen && seconds !== undefined
      ? [seconds]
      : [],
  )
  return known.length === 0 ? null : mean(known)
}
