import { type ExitCode, exitCode } from './exit-code.ts'

type Failing = Pick<NodeJS.EventEmitter, 'on'>

/** The reader has gone: a pipe that is closed, a terminal that is. */
const isGone = ({ code }: NodeJS.ErrnoException): boolean => code === 'EPIPE' || code === 'EIO'

/** What the process does where its output can no longer be written. */
export interface StandardStreams {
  /** A command begins that writes files: what goes to the streams is only its display. Until then output is all there is. */
  keepWorking(): void
  /** The exit code of work that ended with `code`: text that the disk did not take makes it a failure. */
  codeAfter(code: number): number
}

/**
 * Watches stdout and stderr for errors, each of which comes once for every text that is written.
 *
 * - The reader of stdout has gone (`facet … | head -1`): a command that writes files goes on without a display, any other ends at
 *   once as if SIGPIPE had ended it, as grep and git do. Not with 0: `facet verify` says with that that all agrees.
 * - stdout is a file on a full disk: one line on stderr, and exit code 1; work goes on to its end.
 * - stderr has only progress and complaints: whatever happens to it, the work goes on.
 */
export function watchStreams(
  stdout: Failing,
  stderr: Failing & { write(text: string): unknown },
  exit: (code: ExitCode) => void,
): StandardStreams {
  let isWorking = false
  let isFull = false
  stderr.on('error', () => {})
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (isGone(error)) {
      if (!isWorking) exit(exitCode.brokenPipe)
      return
    }
    if (!isFull) stderr.write(`facet: cannot write to stdout: ${error.message}\n`)
    isFull = true
    if (!isWorking) exit(exitCode.failed)
  })
  return {
    keepWorking() {
      isWorking = true
    },
    codeAfter: (code) => (isFull && code === exitCode.ok ? exitCode.failed : code),
  }
}
