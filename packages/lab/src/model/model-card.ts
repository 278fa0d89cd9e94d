import { basename } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { UsageError } from '../errors.ts'
import { follow } from './files.ts'
import { type ModelConfig, modelFormat, modelSchema } from './model-schema.ts'

/** Entries in the metadata of a model file, each with JSON. */
const entries = {
  /** What happens to rows before the model sees them: `Preparation` of `@facet/data`. */
  preparation: 'facet.preparation',
  /** How the file of the training rows was read: `settings.data` of a `model.json`. */
  reading: 'facet.reading',
  /** The rest of `model.json`: settings, what the data were, and what became of the training. */
  training: 'facet.training',
} as const

/** Of a path only the name: a model is given to others. */
const shared = (config: ModelConfig) => {
  const { files: _, ...told } = config
  const { data } = config.settings
  const labelsFile = data.labelsFile && basename(data.labelsFile)
  return {
    ...told,
    settings: { ...config.settings, data: { ...data, path: basename(data.path), labelsFile } },
  }
}

/** What a model file says of a model beside its numbers. */
export function cardOf(config: ModelConfig): Record<string, string> {
  const { preparation, settings, ...training } = shared(config)
  const { data: reading, ...others } = settings
  return {
    [entries.preparation]: JSON.stringify(preparation),
    [entries.reading]: JSON.stringify(reading),
    [entries.training]: JSON.stringify({ ...training, settings: others }),
  }
}

/** Whether a model file says more than its architecture: those of earlier releases do not. */
export const hasCard = (metadata: Readonly<Record<string, string>>): boolean =>
  Object.values(entries).some((entry) => Object.hasOwn(metadata, entry))

/**
 * What the metadata of a model file say, as a `model.json` without other files.
 *
 * @throws UsageError naming the file and the field: anybody may have written it.
 */
export function configIn(path: string, metadata: Readonly<Record<string, string>>): ModelConfig {
  const { settings, ...training } = objectIn(path, metadata, entries.training)
  const content = {
    ...training,
    preparation: jsonIn(path, metadata, entries.preparation),
    settings: { ...Object(settings), data: jsonIn(path, metadata, entries.reading) },
    files: {},
  }
  if (training.format !== modelFormat.format || training.version !== modelFormat.version) {
    const { format, version } = modelFormat
    throw new UsageError(
      `${path}: ${entries.training}: expected format '${format}' of version ${version}, got '${String(training.format)}' of version ${String(training.version)}`,
    )
  }
  return follow(path, content, modelSchema)
}

function jsonIn(path: string, metadata: Readonly<Record<string, string>>, entry: string): unknown {
  if (!Object.hasOwn(metadata, entry)) {
    throw new UsageError(`${path}: expected '${entry}' in the metadata, got none`)
  }
  try {
    return JSON.parse(metadata[entry])
  } catch {
    throw new UsageError(
      `${path}: ${entry}: expected JSON, got ${JSON.stringify(metadata[entry].slice(0, 40))}`,
    )
  }
}

function objectIn(
  path: string,
  metadata: Readonly<Record<string, string>>,
  entry: string,
): Record<string, unknown> {
  const value = jsonIn(path, metadata, entry)
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw new UsageError(`${path}: ${entry}: expected fields, got ${JSON.stringify(value).slice(0, 40)}`)
}

/** @throws UsageError naming the first field in which a `model.json` contradicts its model file. */
export function expectSame(path: string, config: ModelConfig, inFile: ModelConfig): void {
  const { files: _, ...expected } = inFile
  const found = shared(config)
  const keys = Object.keys({ ...expected, ...found }) as (keyof typeof expected)[]
  const other = keys.find((key) => !isDeepStrictEqual(found[key], expected[key]))
  if (other === undefined) return
  throw new UsageError(
    `${path}: ${other}: expected what the metadata of model.safetensors say, got something else`,
  )
}
