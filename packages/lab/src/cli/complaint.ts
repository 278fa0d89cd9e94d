import { Interrupted, UsageError } from '../errors.ts'
import { plain, plainLines } from '../text/plain.ts'

/** What JavaScript itself throws where a program is wrong, none of which is ours; its RangeErrors are told by their words. */
const isBug = (error: Error): boolean =>
  error instanceof TypeError ||
  error instanceof ReferenceError ||
  error instanceof SyntaxError ||
  error.message === 'Maximum call stack size exceeded'

/**
 * What went wrong, in one line for a person: `facet: --sets: …`. An error that no command throws on purpose says that it is a
 * bug. With `isDebugging` (`FACET_DEBUG=1`) the stack follows.
 *
 * @param isUncaught - nobody waited for it: a bug whatever it is.
 */
export function complaintOf(thrown: unknown, isDebugging: boolean, isUncaught = false): string {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const isExpected = error instanceof UsageError || error instanceof Interrupted
  const stack = isDebugging ? `${error.stack}\n` : ''
  if (isExpected || !(isUncaught || isBug(error))) return `facet: ${plainLines(error.message)}\n${stack}`
  const message = plain(error.message.replaceAll(/\s*\n\s*/g, ' '))
  const how = isDebugging ? '' : '; FACET_DEBUG=1 shows where'
  return `facet: ${error.name}: ${message}; this is a bug${how}\n${stack}`
}
