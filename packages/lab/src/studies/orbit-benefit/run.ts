import { reconstructionError } from '@facet/models'
import { key, scope } from '@facet/tensor'
import { type ModelName, modelObjectives, models } from '../../objectives.ts'
import type { BankChoice } from '../../sets/generator-banks.ts'
import type { GridTask } from '../../study/grid.ts'
import { shownPart, shownValues } from '../../study/shown-samples.ts'
import { loadParts, trainingBank } from './data.ts'
import { epochsOf } from './net.ts'
import type { BenefitOutcome } from './outcome.ts'
import { probe } from './probes.ts'
import { type OrbitBenefitSettings, protocol } from './settings.ts'
import { trainedNet } from './train.ts'

/** Whose codes and robustness are compared. */
export const probedModels: readonly ModelName[] = [
  'ae',
  'denoising',
  'lieGroupOrbit',
  'lieGroupTangent',
  'learnedOrbit',
  'learnedEmOrbit',
]

/** Whose reconstructions are shown. */
export const shownModels: readonly ModelName[] = ['ae', 'lieGroupOrbit', 'learnedOrbit']

/**
 * Trains and tests one model: validation part, first weights and order of batches depend on the seed and the run alone,
 * so that all models of a run start equal.
 */
export async function runModel(
  settings: OrbitBenefitSettings,
  { set, model, value, run }: GridTask,
  onProgress: (fraction: number) => void,
): Promise<BenefitOutcome> {
  const parts = await loadParts(set, settings, run)
  const { train, test } = parts
  const { neighbours, weight } = protocol
  const bank = (choice?: BankChoice) => trainingBank(parts, settings.parts, choice)
  const { net, history } = await trainedNet(
    { ...settings, net: models[model].skip ? 'skip' : settings.net },
    parts,
    `${settings.seed}/run ${run}`,
    {
      objective: modelObjectives(model, value, { bank, neighbours }, { weight }),
      onStep: (_, { stepsDone, totalSteps }) => onProgress(stepsDone / totalSteps),
    },
  )
  const { perEpoch, epochs } = epochsOf(settings, train.shape[0])
  const bestEpoch = history.bestEpoch!
  return {
    trainError: reconstructionError(net, train),
    validationError: history.epochs[bestEpoch].validation!,
    testError: reconstructionError(net, test),
    bestEpoch,
    epochs,
    steps: epochs * perEpoch,
    abilities: probedModels.includes(model)
      ? probe(net, parts, key(settings.seed).child('warps', run))
      : null,
    reconstructions:
      run === 0 && shownModels.includes(model)
        ? scope(() => shownValues(net.reconstruct(shownPart(test))))
        : null,
  }
}
