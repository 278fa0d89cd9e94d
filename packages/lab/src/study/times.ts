import * as z from 'zod'
import { UsageError } from '../errors.ts'
import { nonNegativeNumber, text } from '../fields/fields.ts'
import { checkedLines, readCheckedLines } from '../folder/checked-lines.ts'
import { resultFiles as files } from '../folder/result-files.ts'
import type { ResultFolder } from '../folder/result-folder.ts'
import { parsed } from './results.ts'
import { type Finished, keyOf } from './study.ts'

const timeLine = z.strictObject({
  kind: text('a kind of line'),
  task: z.looseObject({}, 'expected a task'),
  seconds: nonNegativeNumber,
})

/**
 * Writes `times.jsonl`: what each task took, a line each. Not in `results.jsonl`, whose bytes depend on the experiment alone. No file
 * where no time is known.
 */
export function writeTimes(folder: ResultFolder, finished: readonly Finished[]): void {
  const lines = finished.flatMap(({ kind, task, seconds }) =>
    seconds === undefined ? [] : [{ kind, task, seconds }],
  )
  if (lines.length > 0) folder.write(files.times, checkedLines(lines))
}

/**
 * Finished tasks with the times that `times.jsonl` has of them; as they are where there is no such file.
 *
 * @throws UsageError naming the line that is not as it was written, or of another task than these.
 */
export function readTimes(folder: ResultFolder, finished: readonly Finished[]): readonly Finished[] {
  if (!folder.has(files.times)) return finished
  const path = folder.pathOf(files.times)
  const known = new Set(finished.map(keyOf))
  const times = new Map<string, number>()
  readCheckedLines(folder.read(files.times), path).lines.forEach((line, i) => {
    const { seconds, ...job } = parsed(timeLine, line, `${path}:${i + 1}`)
    if (!known.has(keyOf(job))) {
      throw new UsageError(`${path}:${i + 1}: expected a task of ${files.results}, got ${keyOf(job)}`)
    }
    times.set(keyOf(job), seconds)
  })
  return finished.map((run) => {
    const seconds = times.get(keyOf(run))
    return seconds === undefined ? run : { ...run, seconds }
  })
}
