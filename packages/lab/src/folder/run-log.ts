import { closeSync, fstatSync, fsyncSync, ftruncateSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as z from 'zod'
import { DiskError, UsageError } from '../errors.ts'
import { nonNegativeNumber } from '../fields/fields.ts'
import { pathText } from '../fields/problem.ts'
import { counted } from '../text/number.ts'
import { replaceFile } from './atomic.ts'
import { causeOf } from './cause.ts'
import { fromCheckedLine, sumOf, toCheckedLine } from './checked-line.ts'
import { goOn } from './go-on.ts'
import { hasPlainFile, readPlainFile } from './plain-file.ts'

/** The first line of a log: what its runs belong to. */
export interface LogHeader {
  /** Fingerprint of the settings. */
  readonly settings: string
  /** Fingerprints of the data, by name. */
  readonly inputs: Readonly<Record<string, string>>
}

/** A job that ended. */
export interface LoggedRun {
  /** Index into the plan, and the name it has there. */
  readonly job: number
  readonly label: string
  /** What was done; logs of Facet 0.1.0 do not say. */
  readonly kind?: string
  readonly task?: object
  /** What computed it. */
  readonly versions: object
  /** How long it took. */
  readonly seconds?: number
  readonly outcome?: unknown
  /** Message of a run that failed. */
  readonly error?: string
  /** It failed because its worker was lost. */
  readonly lost?: true
}

/** What can be read of a log. */
export interface LogContent {
  readonly header: LogHeader | null
  readonly runs: readonly LoggedRun[]
  /** Numbers, from 1, of lines that are whole but not what was written. A torn last line is not among them. */
  readonly damaged: readonly number[]
}

/** Since 2 the checksum of a run goes on from that of the header: a run of another log is found out. */
const version = 2

const words = (what: string) => z.string(`expected ${what}`).min(1, `expected ${what}`)
const texts = z.record(z.string(), z.string('expected a text'), 'expected fields with texts')

const headerSchema = z.strictObject({
  version: z.literal(version, `expected ${version}, the format that this release writes`).optional(),
  settings: words('a fingerprint'),
  inputs: texts,
})

const runSchema = (outcome: z.ZodType) =>
  z
    .strictObject({
      job: z.int('expected a whole number of at least 0').min(0, 'expected a whole number of at least 0'),
      label: z.string('expected the name of a run'),
      kind: z.string('expected a kind of run').optional(),
      task: z.looseObject({}, 'expected a task').optional(),
      versions: texts,
      seconds: nonNegativeNumber.optional(),
      outcome: outcome.optional(),
      error: z.string('expected a message').optional(),
      lost: z.literal(true, 'expected true').optional(),
    })
    .refine(
      (run) => (run.outcome === undefined) !== (run.error === undefined),
      'expected an outcome or an error',
    )

/**
 * Reads the text of a log: whatever is whole in it, and which lines are not. Lines are known by their checksum, so that
 * any of them may be damaged; but for the header, without which nobody knows what the runs belong to.
 *
 * @param path - for messages.
 * @param outcome - checks what the runs found.
 * @throws UsageError naming file and line, for a log without a sound header that has further lines, for a second header
 * that is another, and for a line that is whole but not what a log has.
 */
export function readRunLog(text: string, path = 'log', outcome: z.ZodType = z.unknown()): LogContent {
  const lines = text.split('\n')
  const isWhole = text === '' || text.endsWith('\n')
  if (isWhole) lines.pop()
  const isTorn = (i: number): boolean => !isWhole && i === lines.length - 1
  const [first = '', ...further] = lines
  const header = headerOf(first, `${path}:1`)
  const parts = { header: header && stripped(header), runs: [] as LoggedRun[], damaged: [] as number[] }
  if (header === null) {
    if (further.length > 0) {
      const crlf = first.endsWith('\r') ? ' (its lines end with CR LF, expected LF)' : ''
      throw new UsageError(
        `${path}:1: a log without a sound header${crlf}: nobody knows with which settings the ${counted(further.length, 'run')} after it were computed; put the file back as it was, or start again with --overwrite`,
      )
    }
    return { ...parts, damaged: first === '' && text === '' ? [] : isTorn(0) ? [] : [1] }
  }
  const before = header.version === undefined ? '' : sumOf(first)
  const schema = runSchema(outcome)
  for (const [at, line] of further.entries()) {
    const place = `${path}:${at + 2}`
    if (line === first) continue
    if (headerOf(line, place) !== null) {
      throw new UsageError(
        `${place}: a second header, of another log; put the file back as it was, or start again with --overwrite`,
      )
    }
    const run = entryOf(line, place, before)
    if (run !== undefined) parts.runs.push(checked(schema, run, place) as LoggedRun)
    else if (!isTorn(at + 1)) parts.damaged.push(at + 2)
  }
  return parts
}

const stripped = ({ settings, inputs }: LogHeader): LogHeader => ({ settings, inputs })

type Header = z.output<typeof headerSchema>

/** The header that a line is; `null` for a damaged line and for a run. */
function headerOf(line: string, place: string): Header | null {
  const entry = entryOf(line, place)
  const isHeader = typeof entry === 'object' && entry !== null && 'settings' in entry
  return isHeader ? (checked(headerSchema, entry, place) as Header) : null
}

function entryOf(line: string, place: string, before = ''): unknown {
  try {
    return fromCheckedLine(line, before)
  } catch (error) {
    throw new UsageError(`${place}: ${(error as Error).message}`)
  }
}

function checked(schema: z.ZodType, entry: unknown, place: string): unknown {
  const { success, data, error } = schema.safeParse(entry)
  if (success) return data
  const [{ path, message, code }] = error.issues
  const where = pathText(path.map((step) => (typeof step === 'symbol' ? String(step) : step)))
  const what =
    code === 'unrecognized_keys' || code === 'invalid_type'
      ? `expected a line of a log (${message})`
      : message
  throw new UsageError(`${place}: ${where === '' ? '' : `${where}: `}${what}`)
}

/**
 * The log at a path, `null` where there is none.
 *
 * @throws UsageError as {@link readRunLog}, and for a log that is a link.
 */
export function readRunLogFile(path: string, outcome?: z.ZodType): LogContent | null {
  try {
    // Bytes that are not UTF-8 become others, which the checksums tell.
    return hasPlainFile(path) ? readRunLog(readPlainFile(path).toString(), path, outcome) : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    throw new DiskError(`cannot read ${path}: ${causeOf(error)}; to go on: ${goOn('run', dirname(path))}`)
  }
}

/** A file to which every finished run is appended as one line with a checksum, on the disk before the next begins. */
export class RunLog {
  readonly #path: string
  readonly #file: number
  readonly #before: string
  #failed: Error | null = null

  /**
   * Puts a log with these lines in place of what is at `path`, whole or not at all, and opens it.
   *
   * @throws UsageError where a link has its name; DiskError naming file, cause and the command that goes on.
   */
  constructor(path: string, header: LogHeader, runs: readonly LoggedRun[] = []) {
    this.#path = path
    const first = toCheckedLine({ version, ...header })
    this.#before = sumOf(first)
    const lines = runs.map((run) => toCheckedLine(run, this.#before))
    this.#file = this.#told(() => {
      hasPlainFile(path)
      return replaceFile(path, [first, ...lines].join(''))
    })
  }

  /**
   * Appends a run. A crash meanwhile leaves a torn last line, which {@link readRunLog} drops.
   *
   * @throws DiskError, now and whenever it is called again: what comes after a line that is not whole is lost with it.
   */
  append(run: LoggedRun): void {
    if (this.#failed !== null) throw this.#failed
    this.#told(() => {
      // What is appended to a file that was removed, or moved, is nowhere to be found.
      const { ino, size } = fstatSync(this.#file)
      if (statSync(this.#path, { throwIfNoEntry: false })?.ino !== ino)
        throw new Error('it was removed or replaced under way')
      try {
        writeFileSync(this.#file, toCheckedLine(run, this.#before))
        fsyncSync(this.#file)
      } catch (error) {
        this.#cutTo(size)
        throw error
      }
    })
  }

  close(): void {
    this.#failed ??= new Error(`${this.#path}: the log is closed`)
    closeSync(this.#file)
  }

  /** A part of a line is taken back, where the disk still does that. */
  #cutTo(size: number): void {
    try {
      ftruncateSync(this.#file, size)
    } catch {}
  }

  #told<T>(f: () => T): T {
    try {
      return f()
    } catch (error) {
      if (error instanceof UsageError) throw error
      this.#failed = new DiskError(
        `cannot write ${this.#path}: ${causeOf(error)}; finished runs before stay there; to go on: ${goOn('run', dirname(this.#path))}`,
      )
      throw this.#failed
    }
  }
}
