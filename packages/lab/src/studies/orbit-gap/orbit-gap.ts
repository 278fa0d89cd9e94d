import { startEngine } from '../../engine.ts'
import { secondsPerStep } from '../../study/cost.ts'
import { failuresOf, type Kind, type Study } from '../../study/study.ts'
import { generatorKinds, orbitCases } from './cases.ts'
import { definition } from './experiment.ts'
import { orbits } from './orbits.ts'
import { type OrbitGapReport, type OrbitGapRun, orbitGapReport } from './report.ts'
import {
  type OrbitGapOutcome,
  type OrbitGapTask,
  orbitGapModel,
  orbitGapOutcome,
  orbitGapTask,
  runOrbitGap,
} from './run.ts'
import { type OrbitGapSettings, protocolOf } from './settings.ts'
import { orbitGapText } from './text.ts'

/** Seconds of a bare plain step where costs were measured, 0.38 to 0.41 ms in all cases; a whole run also gives the event loop its turns. */
const bareStep = 0.4e-3

const run: Kind<OrbitGapSettings, OrbitGapTask, OrbitGapOutcome> = {
  task: orbitGapTask,
  outcome: orbitGapOutcome,
  run: (_, task, onProgress) => runOrbitGap(task, onProgress),
  label: ({ orbit, generators, seed }) =>
    `${orbit} · ${generators === 'none' ? 'AE' : generatorKinds[generators].title} · seed ${seed}`,
  note: ({ gapDistance }) => `gap distance ${gapDistance.toFixed(4)}`,
  about: (_settings, _sizes, { orbit }) => ({ protocol: protocolOf(orbit) }),
  misfit(_settings, _sizes, { orbit }, { picture }) {
    const isCurve = orbits[orbit].drawing.fromOrbit === null
    if (picture === null || (picture.fromOrbit === null) === isCurve) return null
    const [expected, got] = isCurve ? ['a curve', 'a surface'] : ['a surface', 'a curve']
    return `picture: expected that of ${expected}, got ${got}`
  },
}

const kinds = { run }

/** The plain autoencoder of every orbit and every case, each with every seed. */
function tasksOf({ cases, seeds, steps }: OrbitGapSettings): OrbitGapTask[] {
  const plain = cases.map((orbit) => ({ orbit, generators: 'none', weight: 0 }) as const)
  return [...plain, ...orbitCases.filter(({ orbit }) => cases.includes(orbit))].flatMap(
    ({ orbit, generators, weight }) =>
      Array.from({ length: seeds }, (_, seed) => ({
        orbit,
        generators,
        weight,
        seed,
        steps: steps ?? protocolOf(orbit).steps,
      })),
  )
}

/** Seconds, where costs were measured. */
function costOf({ orbit, generators, steps }: OrbitGapTask): number {
  const { plain, regularized, end } = orbits[orbit].cost
  return (steps * (generators === 'none' ? plain : regularized) + end) / 1000
}

const study: Omit<Study<OrbitGapSettings, OrbitGapReport>, 'definition'> = {
  kinds,
  async prepare() {
    await startEngine()
    return { sizes: {}, inputs: {} }
  },
  plan: (settings) =>
    tasksOf(settings).map((task) => ({
      kind: 'run',
      task,
      group: `${task.orbit} ${task.generators}`,
      cost: costOf(task),
    })),
  secondsPerCost({ cases: [name] }) {
    const { train } = orbits[name].make(0)
    return secondsPerStep(orbitGapModel(name, train.shape[1], 0), train) / bareStep
  },
  report: (settings, _, finished) =>
    // Schemas have seen what was read, and the kind makes no other outcomes.
    orbitGapReport(settings, finished as readonly OrbitGapRun[], failuresOf({ kinds }, finished)),
  summary: ({ rows }) => rows.map((row) => ({ kind: 'row', ...row })),
  text: orbitGapText,
  // What draws is loaded where something is drawn: workers have no use for it.
  page: async (report, document) => (await import('./page.ts')).orbitGapPage(report, document),
  pictures: async (report) => (await import('./pictures/pictures.ts')).pictureFiles(report),
}

/**
 * The orbit with a gap (docs/mathematics.md 7.2): how near the decoder's surface passes to points that training never saw,
 * with and without the first-order regularizer. The pictures are of seed 0.
 */
export const orbitGap = { definition, ...study }
