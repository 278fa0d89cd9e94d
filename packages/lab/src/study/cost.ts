import { type Autoencoder, adam, reconstruction, Trainer } from '@facet/models'
import type { Tensor } from '@facet/tensor'
import type { NamedJob } from '../progress/progress.ts'
import { duration } from '../text/duration.ts'
import { counted } from '../text/number.ts'
import { median } from '../text/statistics.ts'

/** Starting a worker, and its first steps before the compiler has seen them. */
const startSeconds = 1

/** How long jobs take on some processes, the most expensive first, as the pool serves them. */
export function estimateSeconds(
  jobs: readonly NamedJob[],
  processes: number,
  secondsPerCost: number,
): number {
  const busyUntil = new Array<number>(Math.max(1, Math.min(processes, jobs.length))).fill(startSeconds)
  for (const cost of jobs.map((job) => job.cost).sort((a, b) => b - a)) {
    const next = busyUntil.indexOf(Math.min(...busyUntil))
    busyUntil[next] += cost * secondsPerCost
  }
  return Math.max(...busyUntil)
}

/** `30 runs, 2 at a time, about 1 min`. */
export const describePlan = (jobs: readonly NamedJob[], processes: number, seconds: number): string =>
  `${counted(jobs.length, 'run')}, ${Math.min(processes, jobs.length)} at a time, about ${roughly(seconds)}`

/** An estimate has no seconds beside minutes, and no minutes beside many hours. */
function roughly(seconds: number): string {
  if (seconds < 60) return duration(Math.max(1, seconds))
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`
  return duration(Math.round(seconds / 600) * 600)
}

/** Long enough for the compiler to have seen a step, short enough that nobody notices. */
const budgetSeconds = 0.3

/** On a busy machine the first step alone, which compiles, may take the whole budget: it would be the estimate, 28 times too long once. */
const fewestSteps = 6

/** Seconds that a step takes: the median over the second half of as many as fit into {@link budgetSeconds}, of {@link fewestSteps} at least. */
export function timeSteps(step: () => void): number {
  const started = performance.now()
  const seconds: number[] = []
  let now = started
  while (seconds.length < fewestSteps || now - started < 1000 * budgetSeconds) {
    step()
    const then = now
    now = performance.now()
    seconds.push((now - then) / 1000)
  }
  return median(seconds.slice(Math.floor(seconds.length / 2)))
}

/**
 * Seconds that a training step of plain reconstruction takes here, with its epoch, on a batch [n, d]. It trains the model, at
 * a learning rate of its own: one at which an experiment diverges must not end it here, before its first run.
 */
export function secondsPerStep(model: Autoencoder, batch: Tensor): number {
  const trainer = new Trainer(model, batch, {
    epochs: Number.MAX_SAFE_INTEGER,
    batchSize: batch.shape[0],
    optimizer: adam(),
    objective: reconstruction(),
  })
  try {
    return timeSteps(() => {
      trainer.step()
      trainer.finishEpoch()
    })
  } finally {
    trainer.release()
  }
}

/** A sample's way through the network, in shares of its part of a training step: 0.19 to 0.25 measured at d = 60 to 500. */
export const forwardShare = 0.21

/** Milliseconds that a sample of d values costs in a training step of `ae`: the shortest measured at d = 128 to 1092, one thread of a Zen 4. */
export const costOfSample = (d: number): number => 0.0065 + 3.85e-5 * d

/** Seconds of PCA: 4 to 11 ns a sample, dimension and component above 100 of each. */
export const costOfPca = (samples: number, d: number): number =>
  0.02 + 7e-9 * samples * d * Math.min(samples, d)
