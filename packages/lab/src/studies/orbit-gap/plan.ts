import type { Job } from '../../study/study.ts'
import { type GeneratorChoice, generatorTitles, type OrbitName, orbitCases } from './cases.ts'
import type { OrbitTask } from './run.ts'
import { type OrbitGapSettings, protocolOf } from './settings.ts'

/**
 * Milliseconds of a step without and with the regularizer, whatever its generators, and of the distances at the end: CPU
 * time of whole runs over 400 steps on one thread of a Zen 4, reference backend.
 */
const costs: Readonly<Record<OrbitName, { plain: number; regularized: number; end: number }>> = {
  rotation: { plain: 0.6, regularized: 1.5, end: 45 },
  shift: { plain: 0.6, regularized: 2.05, end: 135 },
  torus: { plain: 0.6, regularized: 1.8, end: 260 },
}

/** Seconds of a bare plain step there, 0.38 to 0.41 ms in all cases; a whole run also gives the event loop its turns. */
export const bareStep = 0.4e-3

const label = ({ orbit, generators, seed }: OrbitTask): string =>
  `${orbit} · ${generators === 'none' ? 'AE' : generatorTitles[generators]} · seed ${seed}`

/** The plain autoencoder of every orbit and every case, each with every seed. */
export function planOrbit({ cases, seeds, steps: asked }: OrbitGapSettings): Job<'orbit'>[] {
  const plain = cases.map((orbit) => ({ orbit, generators: 'none' as GeneratorChoice, weight: 0 }))
  return [...plain, ...orbitCases.filter(({ orbit }) => cases.includes(orbit))].flatMap(
    ({ orbit, generators, weight }) =>
      Array.from({ length: seeds }, (_, seed): Job<'orbit'> => {
        const steps = asked ?? protocolOf(orbit).steps
        const task: OrbitTask = { orbit, generators, weight, seed, steps }
        return {
          experiment: 'orbit',
          task,
          label: label(task),
          group: `${orbit} ${generators}`,
          cost:
            (steps * costs[orbit][generators === 'none' ? 'plain' : 'regularized'] + costs[orbit].end) / 1000,
        }
      }),
  )
}
