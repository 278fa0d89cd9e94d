import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Ended, facetProcess, type ProcessOptions } from './facet-process.ts'

/** When to kill: once `isReady` says so of the folder, or so many milliseconds later. */
export interface Moment {
  readonly isReady: (folder: string) => boolean
  readonly delay?: number
}

/** Whole lines in a file. */
export function linesIn(path: string): number {
  try {
    return readFileSync(path, 'utf8').split('\n').length - 1
  } catch {
    return 0
  }
}

/** A file, or what is to take its place, is there. */
export const hasBegun =
  (name: string) =>
  (folder: string): boolean =>
    existsSync(folder) && readdirSync(folder).some((file) => file.startsWith(name))

/** When so many runs are in the log, or all of them are done. */
export const runsLogged =
  (count: number) =>
  (folder: string): boolean =>
    linesIn(join(folder, 'runs.jsonl')) > count || existsSync(join(folder, 'results.jsonl'))

/** When the file is another than when this was first asked. */
export function isRenewed(name: string): (folder: string) => boolean {
  let first: string | undefined
  return (folder) => {
    const stats = statSync(join(folder, name), { throwIfNoEntry: false })
    const now = stats === undefined ? 'none' : `${stats.ino} ${stats.mtimeMs}`
    first ??= now
    return now !== 'none' && now !== first
  }
}

/** Starts the command and sends it a signal at the moment. @returns how it ended, perhaps before. */
export async function killedAt(
  args: readonly string[],
  folder: string,
  signal: NodeJS.Signals,
  { isReady, delay = 0 }: Moment,
  options?: ProcessOptions,
): Promise<Ended> {
  const { child, ended, isOver } = facetProcess(args, options)
  while (!isOver() && !isReady(folder)) await sleep(2)
  await sleep(delay)
  child.kill(signal)
  return ended
}

/** Files whose bytes depend on how long runs took: of these it is compared that they are there. */
const timed = ['times.jsonl', 'report.html']

/** What is in a folder: content by name, without the lock of a killed process. */
export const contentsOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => !name.startsWith('.facet-lock'))
      .sort()
      .map((name) => [name, timed.includes(name) ? 'is there' : readFileSync(join(folder, name), 'latin1')]),
  )
