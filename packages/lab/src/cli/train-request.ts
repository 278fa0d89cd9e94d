import { UsageError } from '../errors.ts'
import type { ByObjective } from '../model/by-objective.ts'
import type { TrainRequest } from '../model/defaults.ts'
import { type DataSettings, objectiveFields, optionFields } from '../model/settings.ts'
import {
  type ObjectiveName,
  type ObjectiveOption,
  type ObjectiveOptions,
  type ObjectiveSetting,
  objectiveNames,
  objectives,
} from '../objectives.ts'

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
  readonly scale?: ByObjective
  readonly extent?: number
}

const options = Object.keys(optionFields) as ObjectiveOption[]

/**
 * The objectives asked for, each with the options that are its own; one that reconstructs is added where none does.
 * @throws UsageError for an option that none of them takes.
 */
function objectiveSettings(flags: TrainFlags): ObjectiveSetting[] | undefined {
  const names = flags.objective ?? objectiveFields.objective.default
  const all: ObjectiveName[] = names.some((name) => objectives[name].reconstructs)
    ? [...names]
    : ['reconstruction', ...names]
  checkTaken(flags, all)
  const settings = all.map((name) => ({ name, ...optionsOf(name, flags) }))
  return flags.objective === undefined ? undefined : settings
}

const optionsOf = (name: ObjectiveName, flags: TrainFlags): ObjectiveOptions =>
  Object.fromEntries(
    objectives[name].options.flatMap((option) => {
      const told = flags[option]
      const value = typeof told === 'object' ? (told.byName[name] ?? told.all) : told
      return value === undefined ? [] : [[option, value]]
    }),
  )

function checkTaken(flags: TrainFlags, names: readonly ObjectiveName[]): void {
  const takers = (option: ObjectiveOption): ObjectiveName[] =>
    names.filter((name) => objectives[name].options.includes(option))
  for (const option of options) {
    const value = flags[option]
    if (value === undefined) continue
    const able = takers(option)
    if (able.length === 0) {
      const known = objectiveNames.filter((name) => objectives[name].options.includes(option))
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
