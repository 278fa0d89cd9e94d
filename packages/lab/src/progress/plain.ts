import { duration } from '../text/duration.ts'
import { plain } from '../text/plain.ts'
import { Clocks } from './clocks.ts'
import type { NamedJob, Progress, ProgressStream } from './progress.ts'

/** One line per finished job: for logs and CI, where bars would fill the file. */
export function plainProgress(
  jobs: readonly NamedJob[],
  processes: number,
  stream: ProgressStream,
): Progress {
  const clocks = new Clocks(jobs, processes)
  const digits = String(jobs.length).length
  return {
    started: (job) => clocks.start(job),
    advanced: (job, fraction) => clocks.advance(job, fraction),
    repeated: (job, why) => stream.write(`${jobs[job].label}: ${why}; its run is repeated\n`),
    ended(job, note) {
      clocks.end(job)
      const left = clocks.left()
      const remains = clocks.done < jobs.length && left !== null ? `, about ${duration(left)} left` : ''
      const count = `[${String(clocks.done).padStart(digits)}/${jobs.length}]`
      stream.write(
        `${count} ${plain(`${jobs[job].label}: ${note}`)} (${duration(clocks.seconds(job))}${remains})\n`,
      )
    },
    stop() {},
  }
}
