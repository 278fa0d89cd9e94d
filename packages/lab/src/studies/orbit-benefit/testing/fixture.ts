import { type ModelName, models } from '../../../objectives.ts'
import type { BankName } from '../../../sets/generator-banks.ts'
import type { GridTask } from '../../../study/grid.ts'
import type { Finished } from '../../../study/study.ts'
import { versions } from '../../../version.ts'
import { definition, orbitBenefitDefaults } from '../experiment.ts'
import { orbitBenefit } from '../orbit-benefit.ts'
import type { BenefitBaselines, BenefitOutcome } from '../outcome.ts'
import type { BenefitReport } from '../report.ts'
import { probedModels, shownModels } from '../run.ts'
import type { OrbitBenefitSettings } from '../settings.ts'
import type { LearnedStencils } from '../stencils.ts'

/** Settings as a document gives them, a set of images and a set of series. */
export const settingsOf = (changes: Partial<typeof orbitBenefitDefaults> = {}): OrbitBenefitSettings =>
  definition.settings({ ...orbitBenefitDefaults, sets: ['Waves', 'Dots'], data: null, ...changes } as never)

export const fixtureSettings = settingsOf()

/** With every model whose generators are learned. */
export const learnedSettings = settingsOf({
  models: [
    'ae',
    'lieGroupOrbit',
    'learnedOrbit',
    'learnedEmOrbit',
    'randomOrbit',
    'wrongOrderOrbit',
    'learnedOrderOrbit',
    'mixup',
  ],
})

const length = 16
const sizes = { train: 22, validation: 8, test: 90, length }

/** A number that looks random and is the same everywhere. */
const made = (i: number): number => ((i * 7919 + 104729) % 1000) / 1000

const sample = (i: number): number[] =>
  Array.from({ length }, (_, t) => Math.abs(((t + 3 * i) % length) - 8) / 8)

/** What the first release called a model: the reviewed pictures are of numbers made from it. */
const firstName = (model: ModelName): string => models[model].aliases[0] ?? model

/** Orbit is 20 % better than AE at its middle value on the first set alone; whatever else there is changes nothing much. */
function outcomeOf(settings: OrbitBenefitSettings, { set, model, value, run }: GridTask): BenefitOutcome {
  const base = 0.3 + 0.02 * made(run)
  const at = (settings.candidates[model] ?? []).indexOf(value ?? 0)
  const off = 0.01 * Math.abs(at - 1)
  const isBetter = set === settings.sets[0] && model === 'lieGroupOrbit'
  const gain = model === 'ae' ? 1 : isBetter ? 0.8 : 1.002 + 0.004 * made(run + firstName(model).length)
  const testError = base * gain + (model === 'ae' ? 0 : off)
  return {
    trainError: 0.1,
    validationError: testError - 0.01,
    testError,
    bestEpoch: 99,
    epochs: 1500,
    steps: 1500,
    abilities: probedModels.includes(model)
      ? { linearAccuracy: 0.8, nearestAccuracy: 0.7, warpedErrors: [0.4 * gain, 0.5 * gain] }
      : null,
    reconstructions:
      run === 0 && shownModels.includes(model)
        ? Array.from({ length: 6 }, (_, i) => sample(i).map((v, t) => 0.8 * v + 0.1 * made(t + i)))
        : null,
  }
}

const taps = [-4, -3, -2, -1, 0, 1, 2, 3, 4]
const pixels = [-2, -1, 0, 1, 2]

/** Stencils as they are found: an average and derivatives, or where the bank knows no better any. */
function learnedOf(bank: BankName, isImage: boolean): LearnedStencils {
  const known = bank === 'learned' || bank === 'learnedEm' || bank === 'learnedOrder'
  const average = isImage
    ? pixels.flatMap(() => pixels.map(() => 0.2))
    : taps.map((j) => 0.13 - 0.001 * j ** 2)
  const derivatives = isImage
    ? [pixels.flatMap(() => pixels.map((x) => x / 4)), pixels.flatMap((y) => pixels.map(() => y / 4))]
    : [taps.map((j) => Math.sin(0.4 * j))]
  const stencils = [average, ...derivatives].map((stencil, k) =>
    known ? stencil : stencil.map((_, j) => made(j + 31 * k + bank.length) - 0.5),
  )
  return {
    bank,
    stencils,
    identity: stencils.map((_, k) => (known && k === 0 ? 0.9 : 0.01)),
    derivative: stencils.map((_, k) => derivatives.map((_, axis) => (known && k === axis + 1 ? 0.6 : 0.02))),
    heldOut: known ? 0.5 : 0.1,
  }
}

function baselinesOf(
  settings: OrbitBenefitSettings,
  { set, run }: { readonly set: string; readonly run: number },
): BenefitBaselines {
  const image = set === settings.sets[0] ? null : { height: 4, width: 4, channels: 1 }
  const banks = [...new Set(settings.models.flatMap((model) => models[model].bank ?? []))]
  return {
    meanPredictor: 0.9,
    pca: 0.33,
    pcaOnOrbit: settings.candidates.lieGroupOrbit!.map((value) => ({
      value,
      error: 0.29 + 0.01 * made(run),
    })),
    explainedFraction: 0.25,
    learned: run === 0 && banks.length > 0 ? banks.map((bank) => learnedOf(bank, image !== null)) : null,
    order: banks.includes('learnedOrder')
      ? { found: run > 0, pValue: run > 0 ? 0.02 : 0.21, agreement: 0.5 + made(run) / 4 }
      : null,
    showcase:
      run > 0
        ? null
        : {
            originals: Array.from({ length: 6 }, (_, i) => sample(i)),
            originalRows: [7, 22, 37, 52, 67, 82],
            movedFrom: [sample(0), sample(1), sample(2)],
            moved: [0, 1, 2].map((i) => [1, 2, 3, 4].map((k) => sample(i + k))),
            covariance: [
              [2, -0.5],
              [-0.5, 1],
            ],
            bank: 'series WA',
            image,
          },
  }
}

/** Sizes of all sets. */
export const sizesOf = (settings: OrbitBenefitSettings) =>
  Object.fromEntries(settings.sets.map((set) => [set, sizes]))

/** Every task of the study as if it had been done; runs for which `fails` holds have failed. */
export const finishedOf = (
  settings: OrbitBenefitSettings,
  fails: (task: GridTask) => boolean = () => false,
): Finished[] =>
  orbitBenefit.plan(settings, sizesOf(settings)).map(({ kind, task }): Finished => {
    if (kind === 'baselines') return { kind, task, outcome: baselinesOf(settings, task as never), versions }
    const run = task as GridTask
    return fails(run)
      ? { kind, task, error: 'expected a finite loss, got <NaN>', versions }
      : { kind, task, outcome: outcomeOf(settings, run), versions }
  })

/** The report of a study that nobody ran. */
export const fixtureReport = (
  settings: OrbitBenefitSettings = fixtureSettings,
  fails?: (task: GridTask) => boolean,
): BenefitReport => orbitBenefit.report(settings, sizesOf(settings), finishedOf(settings, fails))
