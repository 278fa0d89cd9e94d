import { type ExperimentOptions, failuresOf, runExperiment, writeResults } from '../experiment.ts'
import type { Ended, Job } from '../pool.ts'
import { versions } from '../version.ts'
import { type GeneratorChoice, generatorTitles, type OrbitName, orbitCases } from './cases.ts'
import { type OrbitReport, renderOrbitMarkdown } from './render.ts'
import type { OrbitOutcome, OrbitTask } from './run.ts'
import { type OrbitSettings, orbitProtocol } from './settings.ts'
import { summarise } from './summarise.ts'

const label = ({ orbit, generators, seed }: OrbitTask): string =>
  `${orbit} · ${generators === 'none' ? 'AE' : generatorTitles[generators]} · seed ${seed}`

/** The plain autoencoder of every orbit and every case, each with every seed. */
function planOrbit({ cases, seeds, steps }: OrbitSettings): Job<'orbit'>[] {
  const plain = cases.map((orbit) => ({ orbit, generators: 'none' as GeneratorChoice, weight: 0 }))
  return [...plain, ...orbitCases.filter(({ orbit }) => cases.includes(orbit))].flatMap(
    ({ orbit, generators, weight }) =>
      Array.from({ length: seeds }, (_, seed): Job<'orbit'> => {
        const task: OrbitTask = { orbit, generators, weight, seed, steps }
        const group = `${orbit} ${generators}`
        return { experiment: 'orbit', task, label: label(task), group, cost: generators === 'none' ? 1 : 3 }
      }),
  )
}

/** One run as a line of the results. */
const line = (task: OrbitTask, { outcome, error }: Ended<'orbit'>): object => ({
  kind: 'run',
  ...task,
  ...(outcome ?? { error }),
  protocol: orbitProtocol,
  versions,
})

/**
 * The orbit-with-a-gap experiment (SPEC 5): how near the decoder's surface passes to points that training never saw,
 * with and without the first-order regularizer. Writes `results.jsonl` and `table.md`.
 *
 * @throws Interrupted after the signal.
 */
export async function orbit(settings: OrbitSettings, options: ExperimentOptions): Promise<OrbitReport> {
  const jobs = planOrbit(settings)
  const ended = await runExperiment(jobs, options, {
    note: (_, { gapDistance }) => `gap distance ${gapDistance.toFixed(4)}`,
    line: (job, end) => line(jobs[job].task, end),
  })
  const outcomesOf = (name: OrbitName, generators: GeneratorChoice): (OrbitOutcome | undefined)[] =>
    ended.flatMap(({ outcome }, i) => {
      const { task } = jobs[i]
      return task.orbit === name && task.generators === generators ? [outcome] : []
    })
  const rows = orbitCases
    .filter((row) => settings.cases.includes(row.orbit))
    .map((row) => summarise(row, outcomesOf(row.orbit, row.generators), outcomesOf(row.orbit, 'none')))
  const report: OrbitReport = { settings, rows, failures: failuresOf(jobs, ended) }
  const lines = [
    ...jobs.map(({ task }, i) => line(task, ended[i])),
    ...rows.map((row) => ({ kind: 'row', ...row })),
  ]
  writeResults(options.folder, lines, renderOrbitMarkdown(report))
  return report
}
