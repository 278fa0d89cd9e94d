import { init, tensor } from '@facet/tensor'
import { startTraining, type Training } from './work/step.ts'
import type { ObjectiveName, StepWork } from './work/work.ts'

// Steps on two threads against the same steps on one, in one process: blocks of steps in turn, the median of the ratios of neighbouring
// blocks. To be run on an idle machine: `node --import tsx --conditions facet-source bench/src/threads.ts [rounds] [part of a name]`.

const rounds = Number(process.argv[2] ?? 41)
const only = process.argv[3] ?? ''
const objectives: readonly ObjectiveName[] = [
  'ae',
  'denoising',
  'lieGroupFirstOrder',
  'lieGroupSecondOrder',
  'higherOrderContractive',
]
/** Rows of made-up samples: 200 steps an epoch. */
const ROWS = 3200
/** Steps before the first that counts: recorded, and its calls tried on one thread and on two. */
const WARM = 60
/** Milliseconds of a block. */
const BLOCK = 8

function step({ trainer }: Training): void {
  trainer.step()
  if (trainer.epochDone) trainer.finishEpoch()
}

async function training(work: StepWork, threads: number): Promise<Training> {
  await init({ backend: 'wasm', threads })
  const values = Float32Array.from({ length: ROWS * work.input }, (_, i) => Math.sin(i * 0.37))
  const made = startTraining(work, tensor(values, { shape: [ROWS, work.input] }))
  for (let i = 0; i < WARM; i++) step(made)
  return made
}

/** Milliseconds a step. */
async function time(made: Training, threads: number, steps: number): Promise<number> {
  await init({ backend: 'wasm', threads })
  const begun = performance.now()
  for (let i = 0; i < steps; i++) step(made)
  return (performance.now() - begun) / steps
}

const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1]

for (const input of [60, 128, 784]) {
  for (const objective of objectives) {
    const name = `${objective} d=${input}`
    if (!name.includes(only)) continue
    const decoderHidden = input === 784 ? [64, 64] : [64, 64, 64]
    const work: StepWork = {
      kind: 'step',
      objective,
      input,
      bottleneck: 10,
      encoderHidden: [64, 64],
      decoderHidden,
      batch: 16,
    }
    const [one, two] = [await training(work, 1), await training(work, 2)]
    const steps = Math.max(3, Math.ceil(BLOCK / (await time(one, 1, 20))))
    const pairs: [number, number][] = []
    for (let round = 0; round < rounds; round++) {
      if (round % 2 === 0) pairs.push([await time(one, 1, steps), await time(two, 2, steps)])
      else {
        const second = await time(two, 2, steps)
        pairs.push([await time(one, 1, steps), second])
      }
    }
    const ratio = median(pairs.map(([a, b]) => b / a)).toFixed(3)
    const alone = (1000 * median(pairs.map(([a]) => a))).toFixed(0)
    console.log(`${name.padEnd(32)} two threads ${ratio} of one; one ${alone} µs a step`)
    for (const { trainer } of [one, two]) trainer.release()
  }
}
process.exit(0)
