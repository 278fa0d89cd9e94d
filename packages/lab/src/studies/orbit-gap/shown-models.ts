import type { OrbitName } from './cases.ts'
import type { OrbitRun } from './page-downloads.ts'
import type { ShownModel } from './pictures/shown-model.ts'

/** The models of a case that there are pictures of. */
export const modelsOf = (name: OrbitName, runs: readonly OrbitRun[]): ShownModel[] =>
  runs.flatMap(({ task, outcome }) =>
    task.orbit === name && outcome?.picture
      ? [{ generators: task.generators, gapDistance: outcome.gapDistance, picture: outcome.picture }]
      : [],
  )
