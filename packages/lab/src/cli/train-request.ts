import { UsageError } from '../errors.ts'
import type { ByObjective } from '../model/by-objective.ts'
import type { TrainRequest } from '../model/defaults.ts'
import {
  type ObjectiveName,
  type ObjectiveOption,
  type ObjectiveOptions,
  type ObjectiveSetting,
  objectiveNames,
  objectiveTable,
} from '../model/objectives.ts'
import { type DataSettings, objectiveFields } from '../model/settings.ts'

/** The flags of `facet train` that decide about numbers; what is not given is chosen from the data. */
export interface TrainFlags extends Omit<TrainRequest, 'data' | 'objectives'> {
  readonly data?: string
  readonly format?: string
  readonly labels?: string | number
  readonly array?: string
  readonly sample?: number
  readonly objective?: readonly ObjectiveName[]
  readonly weight?: ByObjective
  readonly sigma?: ByObjective
  readonly kept?: number
  readonly generators?: string
}

/**
 * The objectives asked for, each with the options that are its own; one that reconstructs is added where none does.
 * @throws UsageError for an option that none of them takes.
 */
function objectiveSettings(flags: TrainFlags): ObjectiveSetting[] | undefined {
  const names = flags.objective ?? objectiveFields.objective.default
  const all: ObjectiveName[] = names.some((name) => objectiveTable[name].reconstructs)
    ? [...names]
    : ['reconstruction', ...names]
  checkTaken(flags, all)
  const settings = all.map((name) => ({ name, ...optionsOf(name, flags) }))
  return flags.objective === undefined ? undefined : settings
}

function optionsOf(name: ObjectiveName, flags: TrainFlags): ObjectiveOptions {
  const { weight, sigma, kept, generators } = flags
  const told: Required<{ [K in ObjectiveOption]: ObjectiveOptions[K] }> = {
    weight: weight?.byName[name] ?? weight?.all,
    sigma: sigma?.byName[name] ?? sigma?.all,
    kept,
    generators,
  }
  const own = objectiveTable[name].options.flatMap((option) =>
    told[option] === undefined ? [] : [[option, told[option]] as const],
  )
  return Object.fromEntries(own)
}

function checkTaken(flags: TrainFlags, names: readonly ObjectiveName[]): void {
  const takers = (option: ObjectiveOption): ObjectiveName[] =>
    names.filter((name) => objectiveTable[name].options.includes(option))
  for (const option of ['weight', 'sigma', 'kept', 'generators'] as const) {
    const value = flags[option]
    if (value === undefined) continue
    const able = takers(option)
    if (able.length === 0) {
      const known = objectiveNames.filter((name) => objectiveTable[name].options.includes(option))
      throw new UsageError(
        `--${option}: expected an objective that takes it (${known.join(', ')}), got ${names.join(', ')}`,
      )
    }
    if (typeof value !== 'object') continue
    const stranger = Object.keys(value.byName).find((name) => !able.includes(name as ObjectiveName))
    if (stranger !== undefined) {
      throw new UsageError(
        `--${option}: expected one of ${able.join(', ')}, which are trained and take it, got ${stranger}`,
      )
    }
  }
}

/** How the data file is read. */
export const dataSettings = ({ format, labels, array, sample }: TrainFlags, path: string): DataSettings => ({
  path,
  format: format ?? null,
  labels: labels ?? null,
  array: array ?? null,
  sample: sample ?? null,
})

/** What the flags ask for. */
export function trainRequest(flags: TrainFlags, path: string): TrainRequest {
  const { normalise, epochs, patience, batchSize, learningRate, validation, seed } = flags
  const { bottleneck, hidden, decoderHidden, bottleneckActivation } = flags
  return {
    data: dataSettings(flags, path),
    objectives: objectiveSettings(flags),
    normalise,
    validation,
    bottleneck,
    hidden,
    decoderHidden,
    bottleneckActivation,
    epochs,
    patience,
    batchSize,
    learningRate,
    seed,
  }
}
