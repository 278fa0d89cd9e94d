import { barProgress } from './bars.ts'
import { plainProgress } from './plain.ts'
import type { NamedJob, Progress, ProgressStream } from './progress.ts'

/** Bars on a terminal, a line per job elsewhere. */
export const openProgress = (
  jobs: readonly NamedJob[],
  processes: number,
  stream: ProgressStream,
): Progress => (stream.isTTY ? barProgress : plainProgress)(jobs, processes, stream)
