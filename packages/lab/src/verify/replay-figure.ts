import { checkDocument } from '../document/check.ts'
import { pathText } from '../fields/problem.ts'
import { parseJson } from '../network-file/json.ts'
import { runJobs } from '../pool/pool.ts'
import type { Progress } from '../progress/progress.ts'
import { type FigureFile, figureFile, figureKind } from '../studies/paper-table/figures.ts'
import type { PaperOutcome } from '../studies/paper-table/outcome.ts'
import { paperTable } from '../studies/paper-table/paper-table.ts'
import type { ReproduceSettings } from '../studies/paper-table/settings.ts'
import { gridLabel, gridTasks } from '../study/grid.ts'
import { parsed } from '../study/results.ts'
import { jobsOf } from '../study/run.ts'
import { softwareText } from '../study/software.ts'
import type { Versions } from '../version.ts'
import { workerEntry } from '../worker-entry.ts'

/** How a figure is computed again; none of it changes a number. */
export interface ReplayOptions {
  /** Folder of data files, in place of the one that the figure names. */
  readonly data?: string
  readonly processes: number
  readonly signal: AbortSignal
  progress(jobs: ReturnType<typeof jobsOf>): Progress
}

/** What came of it. */
export interface Replay {
  /** The first number that differs, with its place; `null` where all are the same. */
  readonly difference: string | null
  /** Said where it was drawn by another build than the one that computed it again. */
  readonly otherBuild: string | null
}

/** A figure that was read, with its experiment's settings. */
interface ReadFigure {
  readonly file: FigureFile
  readonly settings: ReproduceSettings
}

/** @throws Error for what is no figure, and for one whose experiment is not that of its runs. */
function readFigure(text: string, data: string | undefined): ReadFigure {
  const content = parsed(figureFile, parseJson(text), 'figure') as unknown as FigureFile
  const kind = figureKind(content.figure)
  const runs = content.runs.map(({ task, numbers }, i) => ({
    task,
    numbers: parsed(kind.numbers, numbers, `figure: runs[${i}].numbers`) as object,
  }))
  const experiment = data === undefined ? content.experiment : { ...content.experiment, data }
  const checked = checkDocument(experiment, process.cwd())
  if (checked.problems) {
    const [{ path, message }] = checked.problems
    throw new Error(`figure: ${pathText(['experiment', ...path])}: ${message}`)
  }
  if (checked.experiment.experiment !== 'reproduce') {
    throw new Error(`figure: experiment: expected reproduce, got ${checked.experiment.experiment}`)
  }
  const settings = checked.experiment.settings as ReproduceSettings
  const planned = gridTasks(settings).map((task) => JSON.stringify(task))
  const found = runs.map(({ task }) => JSON.stringify(task))
  const strange = found.findIndex((task) => !planned.includes(task))
  if (strange >= 0) {
    throw new Error(`figure: runs[${strange}].task: expected a run of the experiment, got ${found[strange]}`)
  }
  if (new Set(found).size < found.length) throw new Error('figure: runs: expected each run once')
  return { file: { ...content, runs }, settings }
}

/** The first place at which two values of plain data differ, with both. */
function firstDifference(expected: unknown, got: unknown, path: (string | number)[]): string | null {
  if (typeof expected === 'object' && expected !== null && typeof got === 'object' && got !== null) {
    const names = [...new Set([...Object.keys(expected), ...Object.keys(got)])]
    for (const name of names) {
      const step = Array.isArray(expected) ? Number(name) : name
      const [a, b] = [expected, got].map((value) => (value as Readonly<Record<string, unknown>>)[name])
      const found = firstDifference(a, b, [...path, step])
      if (found !== null) return found
    }
    return null
  }
  return Object.is(expected, got)
    ? null
    : `${pathText(path)}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got) ?? 'none'}`
}

const told = (versions: Versions): string => softwareText([{ versions }])

/**
 * Computes the numbers of a figure again, by the same code as `facet reproduce`, and compares them bit for bit.
 *
 * @param text the file of the figure.
 * @throws Error for a file that is no figure or whose data cannot be read; Interrupted after the signal.
 */
export async function replayFigure(text: string, options: ReplayOptions): Promise<Replay> {
  const { data, processes, signal, progress } = options
  const { file, settings } = readFigure(text, data)
  const { sizes } = await paperTable.prepare(settings)
  const drawn = new Map(file.runs.map(({ task, numbers }) => [JSON.stringify(task), numbers]))
  const plan = paperTable
    .plan(settings, sizes)
    .filter(({ kind, task }) => kind === 'run' && drawn.has(JSON.stringify(task)))
  const jobs = jobsOf(paperTable, settings, plan)
  const answers = await runJobs<PaperOutcome>(jobs, {
    worker: workerEntry,
    processes,
    signal,
    progress: progress(jobs),
    note: (_, outcome) => paperTable.kinds.run.note(outcome),
    onEnded: () => {},
  })
  const differences = plan.flatMap(({ task }, i) => {
    const { outcome, error } = answers[i]
    const label = gridLabel(task as FigureFile['runs'][number]['task'])
    if (outcome === undefined) return [`${label}: failed: ${error}`]
    const numbers = figureKind(file.figure).of(outcome)
    const difference = firstDifference(drawn.get(JSON.stringify(task)), numbers, [])
    return difference === null ? [] : [`${label}: ${difference}`]
  })
  const own = told(answers[0].versions)
  const others = file.versions.map(told).filter((build) => build !== own)
  return {
    difference: differences[0] ?? null,
    otherBuild:
      others.length === 0 ? null : `drawn by another build: ${others.join('; ')}; computed again by ${own}`,
  }
}
