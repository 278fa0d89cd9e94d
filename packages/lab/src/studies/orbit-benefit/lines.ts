import type { SetSizes } from '../../sets/set-sizes.ts'
import type { Concluded } from '../../study/study.ts'
import type { Versions } from '../../version.ts'
import type { StudyRun } from './choice.ts'
import type { Sizes } from './plan.ts'
import type { OrbitStudyReport } from './report.ts'
import type { OrbitStudyOutcome, OrbitStudyTask } from './run.ts'
import { orbitStudyProtocol } from './settings.ts'
import type { StudyYardsticks } from './yardsticks.ts'

type EitherName = 'orbitStudy' | 'orbitStudyYardsticks'

/** The yardsticks of a set and a run, or what went wrong with them. */
export interface FinishedYardsticks {
  readonly set: string
  readonly run: number
  readonly outcome?: StudyYardsticks
  readonly error?: string
  readonly versions: Versions
}

type FinishedRun = StudyRun & { readonly versions: Versions }

/** All lines: a run a line, then the yardsticks of every set and run, then the rows of the table. */
export function studyLines(
  { settings, sizes, rows }: OrbitStudyReport,
  runs: readonly FinishedRun[],
  yardsticks: readonly FinishedYardsticks[],
): object[] {
  const { candidates: _, ...shared } = settings
  return [
    ...runs.map(({ task: { set, model, value, run }, outcome, error, versions }) => ({
      kind: 'run',
      set,
      model,
      value,
      run,
      ...(outcome ?? { error }),
      settings: shared,
      protocol: orbitStudyProtocol,
      versions,
    })),
    ...yardsticks.map(({ set, run, outcome, error, versions }) => ({
      kind: 'yardsticks',
      set,
      run,
      sizes: sizes[set],
      ...(outcome ?? { error }),
      versions,
    })),
    ...rows.map((row) => ({ kind: 'row', ...row })),
  ]
}

interface Line {
  readonly kind: 'run' | 'yardsticks' | 'row'
  readonly set: string
  readonly versions: Versions
  readonly error?: string
}
type RunLine = Line &
  Pick<OrbitStudyTask, 'model' | 'value' | 'run'> &
  OrbitStudyOutcome & { readonly settings: object; readonly protocol: object }
type YardstickLine = Line & { readonly run: number; readonly sizes: SetSizes } & StudyYardsticks

const ended = <E extends EitherName>({ error, versions }: Line, outcome: object): Concluded<E> =>
  (error === undefined ? { outcome, versions } : { error, versions }) as Concluded<E>

/** What {@link studyLines} wrote: the sizes of every set, and how each run and each yardstick ended, in its order. */
export function fromStudyLines(lines: readonly unknown[]): {
  readonly sizes: Sizes
  readonly ended: Concluded<EitherName>[]
} {
  const of = <L extends Line>(kind: Line['kind']): L[] =>
    (lines as readonly L[]).filter((line) => line.kind === kind)
  const yardsticks = of<YardstickLine>('yardsticks')
  return {
    sizes: Object.fromEntries(yardsticks.map(({ set, sizes }) => [set, sizes])),
    ended: [
      ...of<RunLine>('run').map((line) => {
        const { kind, set, model, value, run, settings, protocol, versions, error, ...outcome } = line
        return ended<'orbitStudy'>(line, outcome)
      }),
      ...yardsticks.map((line) => {
        const { kind, set, run, sizes, versions, error, ...outcome } = line
        return ended<'orbitStudyYardsticks'>(line, outcome)
      }),
    ],
  }
}
