/** What the `facet` command tells the shell. */
export const exitCode = {
  ok: 0,
  /** A golden file is off, or a training run failed. */
  failed: 1,
  /** An option, a command, a path or a setting that cannot be used; nothing was run. */
  usage: 2,
  /** Ctrl-C (128 + SIGINT), or SIGTERM, or SIGHUP. */
  interrupted: 130,
  /** Whoever read the output has gone before all of it was written (128 + SIGPIPE). */
  brokenPipe: 141,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

export const exitCodeHelp = `
Exit codes:
  0    done; for verify and replay: every number agrees
  1    a file is off or cannot be verified, or a run failed
  2    wrong usage: unknown option, impossible setting, unusable path
  130  interrupted (Ctrl-C)
  141  nobody reads stdout any more; commands that write files go on without`
