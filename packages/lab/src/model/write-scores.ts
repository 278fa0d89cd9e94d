import type { TableSink } from '../folder/text-table.ts'
import { type ReadingOptions, samplesFor } from './new-samples.ts'
import type { ModelFolder } from './open-model-folder.ts'
import { type SampleScore, scoreColumns, scoreSamples } from './score.ts'

/** What is scored, and how many of the worst are wanted back. */
export interface ScoreJob {
  readonly folder: ModelFolder
  readonly files: readonly string[]
  readonly reading: ReadingOptions
  readonly top: number
  readonly signal?: AbortSignal
}

/** What a table of the worst is made of. */
export interface Scored {
  /** Those with the largest errors, the largest first; of equal ones the first. */
  readonly top: readonly SampleScore[]
  readonly count: number
}

/** Writes a line of CSV for every sample, as they are scored. */
export async function writeScores(
  { folder, files, reading, top, signal }: ScoreJob,
  sink: TableSink,
): Promise<Scored> {
  const regions = await folder.regions()
  const columns = Object.values(scoreColumns)
  let worst: SampleScore[] = []
  let count = 0
  const worstFirst = (scores: readonly SampleScore[]): SampleScore[] =>
    scores.toSorted((a, b) => b.error - a.error).slice(0, top)
  const onScore = (score: SampleScore): void => {
    count++
    sink.line(columns.map((column) => column(score)))
    worst.push(score)
    // Now and then, so that a large file is not held as a whole.
    if (worst.length > 2 * top + 1000) worst = worstFirst(worst)
  }
  for (const [i, file] of files.entries()) {
    const samples = await samplesFor(folder, file, reading)
    // Not before a file could be read: what is piped on is not a header alone.
    if (i === 0) sink.line(Object.keys(scoreColumns))
    await scoreSamples(folder, regions, samples, file, onScore, signal)
  }
  return { top: worstFirst(worst), count }
}
