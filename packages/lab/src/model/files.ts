import { createHash } from 'node:crypto'
import { basename, join } from 'node:path'
import { describe } from '@facet/tensor/checks'
import type * as z from 'zod'
import { UsageError } from '../errors.ts'
import { readPlainFile } from '../folder/plain-file.ts'

/** Names of the files of a model folder. */
export const fileNames = {
  config: 'model.json',
  weights: 'model.safetensors',
  log: 'training.jsonl',
  regions: 'regions.npz',
  generators: 'generators.safetensors',
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

/** The bytes of a file that are those which were written. @throws UsageError for a missing or damaged one. */
export function readStamped(
  folder: string,
  name: string,
  files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>,
): Uint8Array {
  const bytes = readBytes(folder, name)
  const expected = files[name]
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

/** A JSON file that follows a schema. @throws UsageError naming file and field. */
export function parseJsonFile<S extends z.ZodType>(path: string, bytes: Uint8Array, schema: S): z.output<S> {
  const content = parse(path, new TextDecoder().decode(bytes))
  const result = schema.safeParse(content)
  if (result.success) return result.data
  const faults = result.error.issues.map(({ path: at, message }) => {
    const where = at.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
    return `${path}: ${where === '' ? basename(path) : where.slice(1)}: ${message}`
  })
  const [first] = faults
  throw new UsageError(faults.length === 1 ? first : `${first} (and ${faults.length - 1} more)`)
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const got = text === '' ? 'an empty file' : (error as Error).message
    throw new UsageError(`${path}: expected JSON, got ${got}`)
  }
}

/** @throws UsageError naming the format expected and the one found: said before anything else is wrong with a file. */
export function expectFormat(
  path: string,
  bytes: Uint8Array,
  { format, version }: { readonly format: string; readonly version: number },
): void {
  const content = Object(parse(path, new TextDecoder().decode(bytes))) as {
    format?: unknown
    version?: unknown
  }
  if (content.format !== format) {
    throw new UsageError(`${path}: format: expected '${format}', got ${describe(content.format)}`)
  }
  if (content.version !== version) {
    throw new UsageError(
      `${path}: version: expected ${version}, got ${describe(content.version)}; written by another version of Facet`,
    )
  }
}
