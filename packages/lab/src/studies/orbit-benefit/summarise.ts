import { type PValue, pairedT, signFlip } from '../../text/paired-tests.ts'
import { mean, standardDeviation } from '../../text/statistics.ts'
import type { Abilities } from './abilities.ts'
import { type Choice, outcomesOf } from './choice.ts'
import type { StudyModelName } from './models.ts'
import { orbitStudyProtocol } from './settings.ts'

/** How a model compares with AE on a set, over paired runs. */
export interface PairedComparison {
  /** Mean difference of test errors as a share of AE's mean; below 0 is better. */
  readonly relative: number
  /** Runs whose test error is below that of AE. */
  readonly wins: number
  readonly runs: number
  readonly pairedT: PValue
  readonly signFlip: PValue
}

/** Means over runs of what a model can do beside reconstructing. */
export interface MeanAbilities {
  readonly linearAccuracy: number
  readonly nearestAccuracy: number
  readonly warped: readonly {
    readonly scale: number
    readonly error: number
    /** Change against AE's mean, a share; `null` without AE. */
    readonly relative: number | null
  }[]
}

/** One row of the table: a model on a set. */
export interface StudyRow {
  readonly set: string
  readonly model: StudyModelName
  readonly chosen: number | null
  readonly candidates: readonly {
    readonly value: number | null
    readonly validationError: number | null
    readonly testError: number | null
  }[]
  /** At the chosen value, run by run; empty where a run of every value failed. */
  readonly testErrors: readonly number[]
  readonly mean: number | null
  readonly std: number | null
  /** `null` for AE itself, and where one of the two has no result. */
  readonly comparison: PairedComparison | null
  readonly abilities: MeanAbilities | null
  readonly perRunChoice: Choice['perRun']
}

const testErrorsOf = (choice: Choice): number[] => outcomesOf(choice).map(({ testError }) => testError)

/** Differences are those of each run to AE's run of the same number. */
export function compare(errors: readonly number[], plain: readonly number[]): PairedComparison | null {
  if (errors.length === 0 || errors.length !== plain.length) return null
  const differences = errors.map((error, run) => error - plain[run])
  return {
    relative: mean(differences) / mean(plain),
    wins: differences.filter((difference) => difference < 0).length,
    runs: differences.length,
    pairedT: pairedT(differences),
    signFlip: signFlip(differences),
  }
}

const abilitiesOf = (choice: Choice | undefined): Abilities[] =>
  choice === undefined ? [] : outcomesOf(choice).flatMap(({ abilities }) => abilities ?? [])

function meanAbilities(choice: Choice, plain: Choice | undefined): MeanAbilities | null {
  const own = abilitiesOf(choice)
  if (own.length === 0) return null
  const plainOwn = abilitiesOf(plain)
  const meanWarped = (all: readonly Abilities[], i: number): number =>
    mean(all.map(({ warpedErrors }) => warpedErrors[i]))
  return {
    linearAccuracy: mean(own.map(({ linearAccuracy }) => linearAccuracy)),
    nearestAccuracy: mean(own.map(({ nearestAccuracy }) => nearestAccuracy)),
    warped: orbitStudyProtocol.warpScales.map((scale, i) => {
      const error = meanWarped(own, i)
      return { scale, error, relative: plainOwn.length === 0 ? null : error / meanWarped(plainOwn, i) - 1 }
    }),
  }
}

function rowOf(choice: Choice, plain: Choice | undefined): StudyRow {
  const testErrors = testErrorsOf(choice)
  return {
    set: choice.set,
    model: choice.model,
    chosen: choice.chosen?.value ?? null,
    candidates: choice.candidates.map(({ value, validationError, outcomes }) => ({
      value,
      validationError,
      testError: validationError === null ? null : mean(outcomes.map((outcome) => outcome!.testError)),
    })),
    testErrors,
    mean: testErrors.length === 0 ? null : mean(testErrors),
    std: standardDeviation(testErrors),
    comparison:
      plain === undefined || choice.model === 'ae' ? null : compare(testErrors, testErrorsOf(plain)),
    abilities: meanAbilities(choice, plain),
    perRunChoice: choice.perRun,
  }
}

/** The rows of the table, in the order of the choices. */
export const summarise = (choices: readonly Choice[]): StudyRow[] =>
  choices.map((choice) =>
    rowOf(
      choice,
      choices.find(({ set, model }) => set === choice.set && model === 'ae'),
    ),
  )
