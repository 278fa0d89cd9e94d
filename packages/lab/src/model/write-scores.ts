import type { TableSink } from '../folder/text-table.ts'
import { itemsFor, type ReadingOptions } from './new-samples.ts'
import type { ModelFolder } from './open-model-folder.ts'
import type { rowsProgress } from './progress-line.ts'
import { type SampleScore, type ScoredFile, scoreAt } from './score.ts'
import { type ScoreColumn, scoreColumns } from './score-columns.ts'
import { type ScoreModel, type ScoreRules, scoreFile, scoreModelOf } from './score-file.ts'
import { type FileSummary, summaryOf } from './score-summary.ts'

/** What is scored, and how many of the worst are wanted back. */
export interface ScoreJob {
  readonly folder: ModelFolder
  readonly files: readonly string[]
  readonly reading: ReadingOptions
  readonly rules: ScoreRules
  /** Whether files are compared with the rows held out. */
  readonly hasBaseline: boolean
  readonly top: number
  readonly progress: ReturnType<typeof rowsProgress>
  readonly signal?: AbortSignal
}

/** What is told of the scores when all are written. */
export interface Scored {
  readonly model: ScoreModel
  /** Those with the largest errors, the largest first; of equal ones the first, and of rows in windows no two of windows that share rows. */
  readonly top: readonly SampleScore[]
  readonly files: readonly FileSummary[]
}

/** Writes a line for every sample, file after file. */
export async function writeScores(job: ScoreJob, sink: TableSink): Promise<Scored> {
  const { folder, files, reading, rules, hasBaseline, progress, signal } = job
  const model = await scoreModelOf(folder)
  const summaries: FileSummary[] = []
  let columns: ScoreColumn[] | null = null
  let worst: SampleScore[] = []
  for (const file of files) {
    const newItems = await itemsFor(folder, file, reading)
    const scored = await scoreFile(model, file, newItems, rules, {
      signal,
      onProgress: (done, of) => progress.advanced(file, done, of),
    })
    const { samples } = newItems
    if (columns === null) {
      columns = scoreColumns({
        ids: samples.ids.map(({ name }) => name),
        time: samples.time?.name ?? null,
        group: samples.group?.name ?? null,
        hasErrors: model.regions !== null,
        hasRegions: scored.ofItems.regions !== null,
        told: scored.ofItems.causes?.told ?? 0,
      })
      // Not before a file could be scored: what is piped on is not a header alone.
      sink.line(columns.map(({ head }) => head))
    }
    for (let i = 0; i < samples.count; i++) {
      const score = scoreAt(scored, i)
      sink.line(columns.map((column) => column.of(score)))
    }
    const ofFile = worstOf(scored, job.top).map((i) => scoreAt(scored, i))
    worst = [...worst, ...ofFile].sort((a, b) => b.error! - a.error!).slice(0, job.top)
    summaries.push(summaryOf(model, scored, { alpha: rules.alpha, hasBaseline }))
  }
  return { model, top: worst, files: summaries }
}

/** Indices of the largest errors, the largest first; of rows in windows one of each window, and of windows that share rows the worst. */
function worstOf({ scores, newItems }: ScoredFile, most: number): number[] {
  const { errors, items: speaking } = scores
  const { items, prepared } = newItems
  const { starts, span } = items
  const order = Array.from(errors, (_, i) => i)
    .filter((i) => !Number.isNaN(errors[i]))
    .sort((a, b) => errors[b] - errors[a])
  if (span === 1) return order.slice(0, most)
  const found: { readonly i: number; readonly start: number }[] = []
  for (const i of order) {
    if (found.length === most) break
    const start = starts[prepared.items[speaking[i]]]
    if (found.every((other) => Math.abs(other.start - start) >= span)) found.push({ i, start })
  }
  return found.map(({ i }) => i)
}
