import { UsageError } from '../errors.ts'
import type { ByObjective } from '../model/by-objective.ts'
import { completeData, type TrainRequest } from '../model/defaults.ts'
import { type DataSettings, objectiveFields, optionFields } from '../model/settings.ts'
import {
  type ObjectiveName,
  type ObjectiveOption,
  type ObjectiveOptions,
  type ObjectiveSetting,
  objectiveNames,
  objectives,
} from '../objectives.ts'
import type { BankName } from '../sets/generator-banks.ts'

/** The flags of `facet train` that decide about numbers; what is not given is chosen from the data. */
export interface TrainFlags
  extends Omit<TrainRequest, 'data' | 'objectives'>,
    Partial<Omit<DataSettings, 'path' | 'precision'>> {
  readonly data?: string
  readonly objective?: readonly ObjectiveName[]
  readonly weight?: ByObjective
  readonly sigma?: ByObjective
  readonly kept?: number
  readonly generators?: string
  readonly scale?: ByObjective
  readonly extent?: number
  readonly bank?: BankName
  readonly amplitude?: boolean
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
export function dataSettings(flags: TrainFlags, path: string): DataSettings {
  const { format, labels, labelsFile, array, sample, header, columns, drop, id, where, time, group } = flags
  const said = { format, labels, labelsFile, array, sample, header, columns, drop, id, where, time, group }
  return completeData({ path, ...said })
}

/** What the flags ask for. */
export function trainRequest(flags: TrainFlags, path: string): TrainRequest {
  const { missing, lengths, window, stride, split } = flags
  const { normalise, epochs, patience, batchSize, learningRate, validation, seed } = flags
  const { bottleneck, hidden, decoderHidden, bottleneckActivation } = flags
  return {
    data: dataSettings(flags, path),
    objectives: objectiveSettings(flags),
    missing,
    lengths,
    window,
    stride,
    split,
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
