import { plainLines } from '../text/plain.ts'
import type { CommandIo } from './command-io.ts'

/** Says what a person is to know beside the results, a line each. */
export function tell(io: CommandIo, notes: readonly string[]): void {
  for (const note of notes) io.stderr.write(plainLines(`facet: note: ${note}\n`))
}
