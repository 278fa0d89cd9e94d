import { adam, cosineDecay, fit, reconstructionError } from '@facet/models'
import { key, scope } from '@facet/tensor'
import { type ModelName, modelObjectives, models } from '../../objectives.ts'
import type { BankChoice } from '../../sets/generator-banks.ts'
import type { GridTask } from '../../study/grid.ts'
import { shownPart, shownValues } from '../../study/shown-samples.ts'
import { loadParts, trainingBank } from './data.ts'
import { benefitNet, epochsOf } from './net.ts'
import type { BenefitOutcome } from './outcome.ts'
import { probe } from './probes.ts'
import { type OrbitBenefitSettings, protocol } from './settings.ts'

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
  const { train, validation, test } = parts
  const { neighbours, weight } = protocol
  const seed = `${settings.seed}/run ${run}`
  const net = benefitNet({ ...settings, net: models[model].skip ? 'skip' : settings.net }, train, seed)
  const { batch, perEpoch, epochs } = epochsOf(settings, train.shape[0])
  const bank = (choice?: BankChoice) => trainingBank(parts, settings.parts, choice)
  const history = await fit(
    net,
    { train, validation },
    {
      epochs,
      batchSize: batch,
      optimizer: adam({ learningRate: settings.learningRate, schedule: cosineDecay() }),
      objective: modelObjectives(model, value, { bank, neighbours }, { weight }),
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
    abilities: probedModels.includes(model)
      ? probe(net, parts, key(settings.seed).child('warps', run))
      : null,
    reconstructions:
      run === 0 && shownModels.includes(model)
        ? scope(() => shownValues(net.reconstruct(shownPart(test))))
        : null,
  }
}
