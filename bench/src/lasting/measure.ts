import { init, key, scope } from '@facet/tensor'
import { median, pairedRatio } from '../harness/statistics.ts'
import type { LastingResult } from '../report/results.ts'
import { type LastingCase, lastingCases, type Running } from './cases.ts'

/** How long the aged one trains before, and how it is held against beginners. */
export interface LastingSettings {
  readonly agedSteps: number
  /** Trainers that begin anew, one after the other. */
  readonly beginners: number
  /** Steps that a beginner is timed over. */
  readonly firstSteps: number
  /** Steps of a block; blocks of the two alternate. */
  readonly blockSteps: number
}

export const ordinaryLasting: LastingSettings = {
  agedSteps: 20_000,
  beginners: 4,
  firstSteps: 500,
  blockSteps: 25,
}
export const quickLasting: LastingSettings = { agedSteps: 300, beginners: 1, firstSteps: 100, blockSteps: 20 }

/** Recorded, checked and compiled for the first time, untimed: that is not what the first 500 steps cost. */
const recordedSteps = 10

/** Training samples: enough for an epoch of 200 steps, as in the suite `step`. */
const rows = 3200

/**
 * Steps per second of a trainer that has done `agedSteps`, over those of trainers of the same in their first steps. The two
 * step in alternating blocks, who is first drawn per block: a machine that changes its pace changes it for both.
 *
 * @param onCase told of each case when it is done
 */
export async function measureLasting(
  quick: boolean,
  containing: string,
  onCase: (name: string) => void,
): Promise<LastingResult[]> {
  await init({ backend: 'wasm' })
  const settings = quick ? quickLasting : ordinaryLasting
  const results: LastingResult[] = []
  for (const wanted of lastingCases(quick).filter(({ name }) => name.includes(containing))) {
    results.push(await measureOne(wanted, settings))
    onCase(wanted.name)
  }
  return results
}

/** One case. */
export async function measureOne(
  { name, input, start }: LastingCase,
  settings: LastingSettings,
): Promise<LastingResult> {
  const { agedSteps, beginners, firstSteps, blockSteps } = settings
  const data = scope(() => key('lasting').normal([rows, input]))
  const aged = start(data)
  await run(aged, agedSteps)
  const order = key('lasting')
    .child('order')
    .uniformArray(beginners * Math.ceil(firstSteps / blockSteps))
  const [old, young]: [number[], number[]] = [[], []]
  for (let b = 0; b < beginners; b++) {
    const beginner = start(data)
    await run(beginner, recordedSteps)
    for (let done = 0; done < firstSteps; done += blockSteps) {
      const agedFirst = order[old.length] < 0.5
      if (agedFirst) old.push(await run(aged, blockSteps))
      young.push(await run(beginner, blockSteps))
      if (!agedFirst) old.push(await run(aged, blockSteps))
    }
    beginner.release()
  }
  aged.release()
  data.dispose()
  return {
    name,
    agedSteps,
    firstSeconds: median(young),
    agedSeconds: median(old),
    ratio: pairedRatio(young, old),
  }
}

/** Seconds a step. The loop is that of `fit`, without its yields; every 2000 steps timers and the collector get a turn. */
async function run({ trainer }: Running, steps: number): Promise<number> {
  let seconds = 0
  for (let done = 0; done < steps; ) {
    const until = Math.min(steps, done + 2000)
    const begin = performance.now()
    for (; done < until; done++) {
      if (trainer.epochDone) trainer.finishEpoch()
      trainer.step()
    }
    seconds += (performance.now() - begin) / 1000
    await new Promise((resolve) => setImmediate(resolve))
  }
  return seconds / steps
}
