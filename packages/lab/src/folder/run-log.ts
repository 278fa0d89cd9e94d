import { closeSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { writeAtomically } from './atomic.ts'
import { fromCheckedLine, toCheckedLine } from './checked-line.ts'

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
  /** What was done; logs of the first release have none. */
  readonly kind?: string
  readonly task?: object
  /** What computed it. */
  readonly versions: object
  readonly outcome?: unknown
  /** Message of a run that failed. */
  readonly error?: string
}

/** What can be read of a log. */
export interface LogContent {
  readonly header: LogHeader | null
  readonly runs: readonly LoggedRun[]
  /** Numbers, from 1, of lines that are whole but not what was written. A torn last line is not among them. */
  readonly damaged: readonly number[]
}

/** Reads the text of a log: whatever is whole in it, and which lines are not. */
export function readRunLog(text: string): LogContent {
  const lines = text.split('\n')
  const isWhole = text === '' || text.endsWith('\n')
  if (text === '' || isWhole) lines.pop()
  const entries = lines.map(fromCheckedLine)
  const damaged = entries.flatMap((entry, i) =>
    entry === undefined && (isWhole || i < lines.length - 1) ? [i + 1] : [],
  )
  const whole = entries.filter((entry) => entry !== undefined) as (LogHeader | LoggedRun)[]
  return {
    header: whole.find((entry): entry is LogHeader => 'settings' in entry) ?? null,
    runs: whole.filter((entry): entry is LoggedRun => 'job' in entry),
    damaged,
  }
}

/** The log at a path, `null` where there is none. */
export function readRunLogFile(path: string): LogContent | null {
  try {
    return readRunLog(readFileSync(path, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** A file to which every finished run is appended as one line with a checksum, on the disk before the next begins. */
export class RunLog {
  readonly #file: number

  /** Puts a log with these lines in place of what is at `path`, whole or not at all, and opens it. */
  constructor(path: string, header: LogHeader, runs: readonly LoggedRun[] = []) {
    writeAtomically(path, [header, ...runs].map(toCheckedLine).join(''))
    this.#file = openSync(path, 'a')
  }

  /** Appends a run. A crash meanwhile leaves a torn last line, which {@link readRunLog} drops. */
  append(run: LoggedRun): void {
    writeFileSync(this.#file, toCheckedLine(run))
    fsyncSync(this.#file)
  }

  close(): void {
    closeSync(this.#file)
  }
}
