import Benchmark from 'benchmark'
import type { Clock } from '../contenders/contender.ts'

/** Measures one clock block by block, with the number of repetitions it has settled on. */
export interface Stopwatch {
  /** Seconds a repetition, over a block of about `seconds`. */
  block(seconds: number): Promise<number>
}

/** A clock's stopwatch: benchmark.js where work runs in this process, the peer's own loop elsewhere. */
export function stopwatch(clock: Clock): Stopwatch {
  return clock.kind === 'own' ? ownLoop(clock.seconds) : benchmarkLoop(clock)
}

/**
 * One benchmark.js benchmark, rerun for every block with one sample. `initCount` is what the block before settled on: the
 * block then is one uninterrupted run. benchmark.js runs the work once before each, untimed, which brings caches back.
 */
function benchmarkLoop(clock: Exclude<Clock, { kind: 'own' }>): Stopwatch {
  const fn =
    clock.kind === 'synchronous'
      ? clock.run
      : (deferred: { resolve(): void; benchmark: Benchmark }) => {
          clock.run().then(
            () => deferred.resolve(),
            (error) => failed(error),
          )
        }
  let failed: (error: unknown) => void = () => {}
  const bench = new Benchmark({ fn, defer: clock.kind === 'deferred', minSamples: 1, maxTime: 0, delay: 0 })
  let period = 0
  return {
    block: (seconds) =>
      new Promise((resolve, reject) => {
        failed = reject
        // `run` resets a benchmark to its options. The count fits `seconds`; only a block that took less than half of
        // that is run again with more.
        const { options } = bench as unknown as { options: Benchmark.Options }
        options.minTime = seconds / 2
        options.initCount = period === 0 ? 1 : Math.max(1, Math.round(seconds / period))
        bench.off()
        bench.on('error', () => reject((bench as unknown as { error: Error }).error))
        bench.on('complete', () => {
          const { sample } = bench.stats
          period = sample[sample.length - 1]
          resolve(period)
        })
        bench.run({ async: false })
      }),
  }
}

/** The same block for a loop that runs elsewhere. */
function ownLoop(seconds: (repetitions: number) => Promise<number>): Stopwatch {
  let period = 0
  return {
    async block(wanted) {
      let repetitions = period === 0 ? 1 : Math.max(1, Math.round(wanted / period))
      for (;;) {
        const taken = await seconds(repetitions)
        period = taken / repetitions
        if (taken >= wanted / 2) return period
        repetitions += Math.ceil((wanted - taken) / Math.max(period, 1e-9))
      }
    },
  }
}
