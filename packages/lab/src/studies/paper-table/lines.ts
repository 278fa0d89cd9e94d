import type { SetSizes } from '../../sets/set-sizes.ts'
import type { Concluded } from '../../study/study.ts'
import type { Versions } from '../../version.ts'
import type { FinishedRun } from './cells.ts'
import { cellDiagnostics } from './diagnostics.ts'
import type { ReproduceReport } from './report.ts'
import type { ReproduceOutcome, ReproduceTask } from './run.ts'
import type { ReproduceSettings } from './settings.ts'
import type { Yardsticks } from './yardsticks.ts'

/** One run as a line of the results: everything needed to repeat it, and all it gave. No times: same seed, same bytes. */
const runLine = (settings: ReproduceSettings, { task, outcome, error }: FinishedRun, versions: Versions) => {
  const { set, model, value, run } = task
  return {
    kind: 'run',
    set,
    model,
    value,
    run,
    seed: settings.seed,
    ...(outcome ?? { error }),
    settings,
    versions,
  }
}

/** The yardsticks of one set, or what went wrong with them. */
export interface FinishedYardsticks {
  readonly set: string
  readonly outcome?: Yardsticks
  readonly error?: string
}

/** All lines: a run a line, then a line for every cell of the table and for the yardsticks of every set. */
export function resultLines(
  { settings, cells, sizes }: ReproduceReport,
  runs: readonly (FinishedRun & { readonly versions: Versions })[],
  yardsticks: readonly FinishedYardsticks[],
): object[] {
  return [
    ...runs.map((run) => runLine(settings, run, run.versions)),
    ...cells.map((cell) => {
      const { outcomes, ...rest } = cell
      const testErrors = outcomes.map(({ testError }) => testError)
      return { kind: 'cell', ...rest, testErrors, ...cellDiagnostics(cell) }
    }),
    ...yardsticks.map(({ set, outcome, error }) => ({
      kind: 'yardsticks',
      set,
      sizes: sizes[set],
      ...(outcome ?? { error }),
    })),
  ]
}

type RunLine = Pick<ReproduceTask, 'set' | 'model' | 'value' | 'run'> & {
  readonly kind: 'run'
  readonly seed: number
  readonly settings: ReproduceSettings
  readonly versions: Versions
  readonly error?: string
}
type YardstickLine = {
  readonly kind: 'yardsticks'
  readonly set: string
  readonly sizes: SetSizes
  readonly error?: string
}

/** What {@link resultLines} wrote: the sizes of every set, and how each run and each yardstick ended, in its order. */
export function fromResultLines(lines: readonly unknown[]) {
  const all = lines as readonly (RunLine | YardstickLine | { readonly kind: 'cell' })[]
  const runs = all.filter((line): line is RunLine => line.kind === 'run')
  const yardsticks = all.filter((line): line is YardstickLine => line.kind === 'yardsticks')
  return {
    sizes: Object.fromEntries(yardsticks.map(({ set, sizes }) => [set, sizes])),
    tasks: runs.map(({ set, model, value, run }) => ({ set, model, value, run })),
    ended: [
      ...runs.map(({ kind, set, model, value, run, seed, settings, versions, error, ...outcome }) =>
        endedFrom<'reproduce'>(outcome as unknown as ReproduceOutcome, error, versions),
      ),
      ...yardsticks.map(({ kind, set, sizes, error, ...outcome }) =>
        endedFrom<'yardsticks'>(outcome as unknown as Yardsticks, error, runs[0]?.versions),
      ),
    ],
  }
}

const endedFrom = <E extends 'reproduce' | 'yardsticks'>(
  outcome: (ReproduceOutcome | Yardsticks) & Concluded<E>['outcome'],
  error: string | undefined,
  versions: Versions,
): Concluded<'reproduce' | 'yardsticks'> =>
  error === undefined ? { outcome, versions } : { error, versions }
