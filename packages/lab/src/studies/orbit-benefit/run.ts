import { adam, cosineDecay, fit, reconstructionError } from '@facet/models'
import { key, scope } from '@facet/tensor'
import { shownPart, shownValues } from '../paper-table/showcase.ts'
import { type Abilities, measureAbilities } from './abilities.ts'
import { type StudyModelName, studyModels } from './models.ts'
import { epochsOf, studyNet } from './net.ts'
import type { OrbitBenefitSettings } from './settings.ts'
import { loadParts, studyBank } from './study-data.ts'

/** One training: a data set, a model, one value of its hyper-parameter, one run. */
export interface OrbitStudyTask {
  readonly settings: OrbitBenefitSettings
  readonly set: string
  readonly model: StudyModelName
  /** `null` where the model has no hyper-parameter. */
  readonly value: number | null
  readonly run: number
}

/** What one training gives, with the weights of its best validation epoch. Errors are mean squared errors over samples and dimensions. */
export interface OrbitStudyOutcome {
  readonly trainError: number
  readonly validationError: number
  readonly testError: number
  /** Counted from 0, of so many. */
  readonly bestEpoch: number
  readonly epochs: number
  /** Steps that were trained: those asked for, in whole epochs. */
  readonly steps: number
  /** Of the models in {@link measuredModels}. */
  readonly abilities: Abilities | null
  /** Of six test samples, run 0 of the models in {@link shownModels}. */
  readonly reconstructions: readonly (readonly number[])[] | null
}

/** Whose codes and robustness are compared. */
export const measuredModels: readonly StudyModelName[] = [
  'ae',
  'denoising',
  'lieGroupOrbit',
  'lieGroupTangent',
]

/** Whose reconstructions are shown. */
export const shownModels: readonly StudyModelName[] = ['ae', 'lieGroupOrbit']

/**
 * Trains and tests one model: validation part, first weights and order of batches depend on the seed and the run alone,
 * so that all models of a run start equal.
 */
export async function runOrbitStudy(
  { settings, set, model, value, run }: OrbitStudyTask,
  onProgress: (fraction: number) => void,
): Promise<OrbitStudyOutcome> {
  const parts = await loadParts(set, settings, run)
  const { train, validation, test } = parts
  const seed = `${settings.seed}/run ${run}`
  const net = studyNet(settings, train, seed)
  const { batch, perEpoch, epochs } = epochsOf(settings, train.shape[0])
  const history = await fit(
    net,
    { train, validation },
    {
      epochs,
      batchSize: batch,
      optimizer: adam({ learningRate: settings.learningRate, schedule: cosineDecay() }),
      objective: studyModels[model].objectives(value ?? 0, studyBank(parts, settings.parts)),
      seed,
      onStep: (_, { stepsDone, totalSteps }) => onProgress(stepsDone / totalSteps),
    },
  )
  const bestEpoch = history.bestEpoch!
  return {
    trainError: reconstructionError(net, train),
    validationError: history.epochs[bestEpoch].validation!,
    testError: reconstructionError(net, test),
    bestEpoch,
    epochs,
    steps: epochs * perEpoch,
    abilities: measuredModels.includes(model)
      ? measureAbilities(net, parts, key(settings.seed).child('warps', run))
      : null,
    reconstructions:
      run === 0 && shownModels.includes(model)
        ? scope(() => shownValues(net.reconstruct(shownPart(test))))
        : null,
  }
}
