import { pathToFileURL } from 'node:url'
import { runJobs } from '../pool.ts'

/** A process of its own with a pool at work, for tests that kill it. Is told what its workers start from, and how many there are. */
const [, , worker, count, deaf] = process.argv
const jobs = Array.from({ length: Number(count) }, (_, i) => ({
  label: `${i}`,
  group: '',
  cost: 1,
  request: { busy: 600_000, isDeaf: deaf === 'deaf' },
}))
const interruption = new AbortController()
process.on('SIGTERM', () => interruption.abort())
process.on('SIGUSR2', () => process.exit(3))
const silent = () => {}
await runJobs(jobs, {
  worker: pathToFileURL(worker),
  processes: jobs.length,
  signal: interruption.signal,
  progress: {
    started: (job) => process.stdout.write(`started ${job}\n`),
    advanced: silent,
    repeated: silent,
    ended: silent,
    stop: silent,
  },
  note: () => '',
  onEnded: silent,
}).catch((error: Error) => process.stdout.write(`${error.name}\n`))
