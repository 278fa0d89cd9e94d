import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { UsageError } from '../errors.ts'
import type { SettingError } from '../fields/setting-error.ts'
import type { Experiment } from '../studies/studies.ts'
import { checkDocument } from './check.ts'
import { DocumentError } from './document-error.ts'
import { parseDocument } from './parse.ts'

/** An experiment is a page of text: what is larger is another file, given by mistake. */
const mostBytes = 64 * 1024

/** An experiment that came from a document, and how to say what is wrong with one of its settings. */
export interface ReadExperiment {
  readonly experiment: Experiment
  /** What a person is to be told of it. */
  readonly notes: readonly string[]
  /** A setting that does not fit the data, told with its place in the document. */
  located(error: SettingError): UsageError
}

function readText(file: string): string {
  try {
    const { size } = statSync(file)
    if (size > mostBytes) throw new Error(`expected an experiment of at most ${mostBytes} bytes, got ${size}`)
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    throw new UsageError(
      `${file}: ${code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'expected UTF-8 text' : message}`,
    )
  }
}

/**
 * Reads an experiment document, YAML or JSON.
 *
 * @throws UsageError for a file that cannot be read; DocumentError with file, line and column of all that is wrong.
 */
export function readDocument(file: string): ReadExperiment {
  const parsed = parseDocument(readText(file))
  if (parsed.faults.length > 0) throw new DocumentError(file, parsed.faults, parsed.moreFaults)
  const checked = checkDocument(parsed.content, dirname(resolve(file)))
  if (checked.problems) {
    const faults = checked.problems.map((problem) => ({ ...problem, place: parsed.place(problem) }))
    throw new DocumentError(file, faults, checked.more)
  }
  const { experiment, notes } = checked
  return {
    experiment,
    notes,
    located: ({ path, problem: message }) =>
      new DocumentError(file, [{ place: parsed.place({ path }), path, message }]),
  }
}
