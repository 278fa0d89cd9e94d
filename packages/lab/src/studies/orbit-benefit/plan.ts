import type { SetSizes } from '../../sets/set-sizes.ts'
import type { Job } from '../../study/study.ts'
import { studyModels, valuesOf, valueText } from './models.ts'
import { epochsOf } from './net.ts'
import { measuredModels, type OrbitStudyTask } from './run.ts'
import { type OrbitBenefitSettings, orbitStudyProtocol } from './settings.ts'

export type StudyJob = Job<'orbitStudy'> | Job<'orbitStudyYardsticks'>
export type Sizes = Readonly<Record<string, SetSizes>>

/** Milliseconds that a sample of d values costs in a training step of `ae`: the shortest measured at d = 128 to 1092, one thread of a Zen 4. */
export const costOfSample = (d: number): number => 0.0065 + 3.85e-5 * d

/** A sample's way through the network and its distance from what comes out, in shares of its part of a training step. */
const forwardShare = 0.21

/** Seconds of a training there, with what is measured afterwards. */
function runCost(settings: OrbitBenefitSettings, task: OrbitStudyTask, sizes: SetSizes): number {
  const { train, validation, test, length } = sizes
  const { epochs } = epochsOf(settings, train)
  const trained = epochs * train * studyModels[task.model].stepCost
  // Warped test parts are moved, which costs as much again.
  const measured = measuredModels.includes(task.model) ? 1 + 2 * orbitStudyProtocol.warpScales.length : 1
  return (costOfSample(length) * (trained + forwardShare * (epochs * validation + test * measured))) / 1000
}

/** Seconds of the yardsticks of a run: PCA costs 7 ns a sample, dimension and component. */
function yardstickCost({ candidates }: OrbitBenefitSettings, { train, length }: SetSizes): number {
  const samples = Math.max(orbitStudyProtocol.pcaSamples, 2 * train)
  return (1 + candidates.lieGroupOrbit.length) * (0.02 + 7e-9 * samples * length * Math.min(samples, length))
}

/** A job for every set, model, value and run, in the order of the table. */
export const planStudyRuns = (settings: OrbitBenefitSettings, sizes: Sizes): Job<'orbitStudy'>[] =>
  settings.sets.flatMap((set) =>
    settings.models.flatMap((model) =>
      valuesOf(settings.candidates, model).flatMap((value) =>
        Array.from({ length: settings.runs }, (_, run): Job<'orbitStudy'> => {
          const task: OrbitStudyTask = { settings, set, model, value, run }
          const names = [set, studyModels[model].title, valueText(model, value), `run ${run + 1}`]
          return {
            experiment: 'orbitStudy',
            task,
            label: names.filter((name) => name !== '').join(' · '),
            group: `${set} ${model}`,
            cost: runCost(settings, task, sizes[set]),
          }
        }),
      ),
    ),
  )

/** A job for the yardsticks of every set and run. */
export const planStudyYardsticks = (
  settings: OrbitBenefitSettings,
  sizes: Sizes,
): Job<'orbitStudyYardsticks'>[] =>
  settings.sets.flatMap((set) =>
    Array.from(
      { length: settings.runs },
      (_, run): Job<'orbitStudyYardsticks'> => ({
        experiment: 'orbitStudyYardsticks',
        task: { settings, set, run },
        label: `${set} · mean predictor and PCA · run ${run + 1}`,
        group: `${set} yardsticks`,
        cost: yardstickCost(settings, sizes[set]),
      }),
    ),
  )
