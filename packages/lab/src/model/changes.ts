import type { Change, UnfinishedTraining } from './model-schema.ts'
import type { TrainSettings } from './settings.ts'

/** Settings, and what was changed under way. */
export interface Changeable {
  readonly settings: TrainSettings
  readonly changes?: readonly Change[] | undefined
}

/** The settings that a training goes on with. */
export const currentSettings = ({ settings, changes = [] }: Changeable): TrainSettings => ({
  ...settings,
  learningRate: changes.at(-1)?.learningRate ?? settings.learningRate,
})

/**
 * A training that goes on with another rate from after so many steps; what was changed later than that had no part in it. A training
 * that has made no step yet begins with the rate.
 */
export function withRate(
  training: UnfinishedTraining,
  learningRate: number,
  afterSteps: number,
  restart: string | undefined,
): UnfinishedTraining {
  const { settings, changes = [], restart: _, ...others } = training
  if (afterSteps === 0) {
    return { ...others, settings: { ...settings, learningRate }, ...(restart !== undefined && { restart }) }
  }
  const before = changes.filter((change) => change.afterSteps < afterSteps)
  return { ...others, settings, changes: [...before, { afterSteps, learningRate }], restart }
}

/** The changes that had a part in a training of so many steps; nothing for none. */
export function changesWithin({ changes = [] }: Changeable, steps: number): { readonly changes?: Change[] } {
  const within = changes.filter(({ afterSteps }) => afterSteps < steps)
  return within.length === 0 ? {} : { changes: within }
}

/** What became of a training under way, in lines: nothing where it went as it was begun. */
export function describeCourse({
  settings,
  changes = [],
  endedAfterSteps,
}: Changeable & { readonly endedAfterSteps?: number | undefined }): string[] {
  const rates = changes.map(({ afterSteps, learningRate }) => `${learningRate} after step ${afterSteps}`)
  return [
    ...(rates.length > 0 ? [`learning rate ${settings.learningRate}, then ${rates.join(', then ')}`] : []),
    ...(endedAfterSteps === undefined ? [] : [`ended by --finish after step ${endedAfterSteps}`]),
  ]
}
