import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe } from '@facet/tensor/checks'
import type * as z from 'zod'
import { UsageError } from '../errors.ts'
import { readPlainFile } from '../folder/plain-file.ts'
import { uncheckedJson } from './checked-json.ts'

/** Names of the files of a model folder. */
export const fileNames = {
  config: 'model.json',
  weights: 'model.safetensors',
  log: 'training.jsonl',
  regions: 'regions.npz',
  generators: 'generators.safetensors',
  /** For people. */
  readme: 'README.md',
  /** While training, and until it is resumed. */
  unfinished: 'training.json',
  checkpoint: 'checkpoint.safetensors',
} as const

/** What `model.json` keeps of every other file, to tell a damaged one. */
export const stampOf = (bytes: Uint8Array): { bytes: number; sha256: string } => ({
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
})

/** The bytes of a file of a model folder. @throws UsageError where it cannot be read; `hint` says what to do. */
export function readBytes(folder: string, name: string, hint = ''): Uint8Array {
  try {
    return readPlainFile(join(folder, name))
  } catch (error) {
    if (error instanceof UsageError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? `there is no ${name}` : message
    throw new UsageError(`${folder}: cannot read ${name}: ${why}${hint}`)
  }
}

/** The bytes of a model file, wherever it is: a link is followed, as of any file that a person names. @throws UsageError */
export function readModelBytes(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new UsageError(`${path}: cannot read it: ${(error as Error).message}`)
  }
}

/** The bytes of a file that are those which were written. @throws UsageError for a missing or damaged one. */
export function readStamped(
  folder: string,
  name: string,
  files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>,
): Uint8Array {
  const bytes = readBytes(folder, name)
  const expected = Object.hasOwn(files, name) ? files[name] : undefined
  const path = join(folder, name)
  if (expected === undefined) throw new UsageError(`${path}: ${fileNames.config} does not list it`)
  const found = stampOf(bytes)
  if (found.bytes !== expected.bytes) {
    throw new UsageError(`${path}: damaged: expected ${expected.bytes} bytes, found ${found.bytes}`)
  }
  if (found.sha256 !== expected.sha256) {
    throw new UsageError(
      `${path}: damaged: its checksum is not the one in ${fileNames.config} (sha256 ${found.sha256.slice(0, 12)}…)`,
    )
  }
  return bytes
}

/** What a JSON file says it is, and which versions of that are read. */
export interface JsonFormat {
  readonly format: string
  readonly version: number
  readonly older: readonly number[]
  /** Versions without a checksum. */
  readonly unchecked: readonly number[]
}

/**
 * A JSON file of a format that follows a schema, and is what was written.
 *
 * @throws UsageError naming file and field, or that the file is damaged: the format and the version first.
 */
export function readJsonFile<S extends z.ZodType>(
  path: string,
  given: Uint8Array,
  format: JsonFormat,
  schemaOf: (version: number) => S,
): z.output<S> {
  const { bytes, isChecked, expectSound } = uncheckedJson(given)
  const { crc32, ...content } = Object(parse(path, bytes)) as Record<string, unknown>
  expectFormat(path, content, format)
  const version = content.version as number
  const read = follow(path, content, schemaOf(version))
  expectSound(path)
  if (!isChecked && (crc32 !== undefined || !format.unchecked.includes(version))) {
    throw new UsageError(`${path}: damaged or edited: expected its checksum, crc32, in the second line`)
  }
  return read
}

/** A value that follows a schema. @throws UsageError naming file and field. */
export function follow<S extends z.ZodType>(path: string, content: unknown, schema: S): z.output<S> {
  const result = schema.safeParse(content)
  if (result.success) return result.data
  const faults = result.error.issues.map(({ path: at, message }) => {
    const where = at.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
    return `${path}: ${where === '' ? basename(path) : where.replace(/^\./, '')}: ${message}`
  })
  const [first] = faults
  throw new UsageError(faults.length === 1 ? first : `${first} (and ${faults.length - 1} more)`)
}

/** Longer texts are cut in messages. */
const longest = 40

function parse(path: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch (error) {
    const text = new TextDecoder().decode(bytes)
    const cut = text.length > longest ? `${text.slice(0, longest)}…` : text
    const [, at] = /at position (\d+)/.exec((error as Error).message) ?? []
    const line =
      at === undefined ? '' : ` with a fault in line ${text.slice(0, Number(at)).split('\n').length}`
    throw new UsageError(
      `${path}: expected JSON, got ${text === '' ? 'an empty file' : JSON.stringify(cut)}${line}`,
    )
  }
}

/** @throws UsageError naming the format expected and the one found: said before anything else is wrong with a file. */
function expectFormat(
  path: string,
  found: { readonly format?: unknown; readonly version?: unknown },
  { format, version, older }: JsonFormat,
): void {
  if (found.format !== format) {
    throw new UsageError(`${path}: format: expected '${format}', got ${describe(found.format)}`)
  }
  const known = [...older, version]
  if (!known.includes(found.version as number)) {
    throw new UsageError(
      `${path}: version: expected ${known.join(' or ')}, got ${describe(found.version)}; written by another version of Facet`,
    )
  }
}
