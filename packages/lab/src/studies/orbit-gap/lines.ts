import type { Concluded } from '../../study/study.ts'
import type { Versions } from '../../version.ts'
import type { OrbitOutcome, OrbitTask } from './run.ts'
import { protocolOf } from './settings.ts'
import type { OrbitRow } from './summarise.ts'

/** One run as a line of the results: everything needed to repeat it, and all it gave. */
const runLine = (task: OrbitTask, { outcome, error, versions }: Concluded<'orbit'>) => ({
  kind: 'run',
  ...task,
  ...(outcome ?? { error }),
  protocol: protocolOf(task.orbit),
  versions,
})

/** All lines: a run a line, then the rows of the table. */
export const orbitLines = (
  tasks: readonly OrbitTask[],
  ended: readonly Concluded<'orbit'>[],
  rows: readonly OrbitRow[],
): object[] => [
  ...tasks.map((task, i) => runLine(task, ended[i])),
  ...rows.map((row) => ({ kind: 'row', ...row })),
]

type RunLine = OrbitTask &
  OrbitOutcome & {
    readonly kind: 'run'
    readonly protocol: object
    readonly versions: Versions
    readonly error?: string
  }

/** How each run ended, of what {@link orbitLines} wrote. */
export const fromOrbitLines = (lines: readonly unknown[]): Concluded<'orbit'>[] =>
  (lines as readonly (RunLine | { readonly kind: 'row' })[])
    .filter((line): line is RunLine => line.kind === 'run')
    .map(
      ({
        kind: _kind,
        orbit: _orbit,
        generators: _generators,
        weight: _weight,
        seed: _seed,
        steps: _steps,
        protocol: _protocol,
        versions,
        error,
        ...outcome
      }) => (error === undefined ? { outcome, versions } : { error, versions }),
    )
