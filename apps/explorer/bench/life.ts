// What becomes of the regions of every preset while it trains, for docs/results/region-life.md:
// `node --conditions=facet-source --import tsx apps/explorer/bench/life.ts`
import { type LifeStep, lifeStep, type PlanePartition, planePartition } from '@facet/geometry'
import { Network } from '@facet/models'
import { init, scope, tensor } from '@facet/tensor'
import { makeData } from '../src/run/make-data.ts'
import { Run } from '../src/run/run.ts'
import { presets } from '../src/state/presets.ts'
import { dataPlane, frameAround } from '../src/work/planes.ts'

/** Partitions of a training, beside the one at its beginning. */
const PARTITIONS = 40
/** As a share of the window's side: what counts as near the data. */
const NEAR = 0.02

await init({ relaxedSimd: false })
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]
const percent = (steps: readonly LifeStep[], before: readonly LifeStep[]): string => {
  const share = median(steps.map(({ kept }, i) => kept! / before[i].regions))
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`
}

console.log(
  '| preset | steps | between two | regions, before → after | near the data | kept, first quarter | last quarter | wall, median |',
)
console.log('|---|---:|---:|---:|---:|---:|---:|---:|')
for (const { title, state } of presets) {
  const { recipe, step: last } = state
  const facts = makeData(recipe, null)
  const plane = dataPlane(facts, 'pca')
  const window = frameAround(plane.project(facts.train))
  const samples = tensor(facts.train, { shape: [facts.train.length / facts.width, facts.width] })
  const run = await Run.of(recipe, facts)
  const { encoder, decoder } = run.model
  const whole = new Network([...encoder.layers, ...decoder.layers], 'autoencoder')
  const between = Math.ceil(last / PARTITIONS)
  const life: LifeStep[] = []
  let before: PlanePartition | null = null
  for (let step = 0; step <= last; step += between) {
    while (run.stepsDone < step) run.step()
    before = scope(() => {
      const partition = planePartition(whole, { plane, window })
      const radius = NEAR * (window.s[1] - window.s[0])
      life.push(lifeStep(step, partition, before, { samples, radius }))
      return partition
    })
  }
  run.release()
  samples.dispose()
  const [first, end] = [life[0], life[life.length - 1]]
  const quarter = (life.length - 1) >> 2
  const arrow = (of: (step: LifeStep) => string | number): string => `${of(first)} → ${of(end)}`
  const cells = [
    title,
    last,
    between,
    arrow(({ regions }) => regions.toLocaleString('en')),
    arrow(({ regionsNear }) => regionsNear!.toLocaleString('en')),
    percent(life.slice(1, 1 + quarter), life),
    percent(life.slice(-quarter), life.slice(-quarter - 1)),
    arrow(({ wallDistance }) => wallDistance!.median.toPrecision(2)),
  ]
  console.log(`| ${cells.join(' | ')} |`)
}
