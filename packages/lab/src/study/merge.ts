import { join } from 'node:path'
import { UsageError } from '../errors.ts'
import { checksum } from '../folder/checksum.ts'
import { goOn } from '../folder/go-on.ts'
import { hasPlainFile, readPlainText } from '../folder/plain-file.ts'
import { resultFiles as files } from '../folder/result-files.ts'
import type { ResultFolder } from '../folder/result-folder.ts'
import { type LogContent, readRunLogFile } from '../folder/run-log.ts'
import { counted } from '../text/number.ts'
import { usableRuns } from './log.ts'
import { expectFit } from './results.ts'
import { type StudyExperiment, writeResults } from './run.ts'
import { shardText, tasksOf } from './shard.ts'
import { readRecord, type ShardRecord } from './shard-record.ts'
import { type Finished, keyOf } from './study.ts'

/** A folder of a shard, as it was found. */
export interface ShardFolder {
  readonly path: string
  readonly record: ShardRecord
  readonly document: string
  readonly log: LogContent
}

/** @throws UsageError for a folder without a shard. */
export function openShard(path: string): ShardFolder {
  const at = (name: string): string => join(path, name)
  for (const name of [files.shard, files.experiment, files.log]) {
    if (hasPlainFile(at(name))) continue
    throw new UsageError(`${path}: expected the folder of a shard, got none: no ${name}`)
  }
  return {
    path,
    record: readRecord(readPlainText(at(files.shard)), at(files.shard)),
    document: readPlainText(at(files.experiment)),
    log: readRunLogFile(at(files.log))!,
  }
}

/** What all shards of an experiment have in common, by the name that it has in a message. */
const common: Readonly<Record<string, (shard: ShardFolder) => string>> = {
  'another number of shards': ({ record }) => String(record.count),
  'another document': ({ document }) => checksum(document),
  'another version of Facet': ({ record }) => record.facet,
  'another build of Facet': ({ record }) => record.build,
  'data of other sizes': ({ record }) => JSON.stringify(record.sizes),
  'other data': ({ log }) => JSON.stringify(log.header?.inputs ?? {}),
}

/**
 * The shards in the order of their numbers.
 *
 * @throws UsageError that names the shard and the folder: for one of another experiment, data or build, one that is given twice, and
 * one that is missing.
 */
export function inOrder(shards: readonly ShardFolder[]): readonly ShardFolder[] {
  const [first, ...others] = shards
  for (const [what, of] of Object.entries(common)) {
    const other = others.find((shard) => of(shard) !== of(first))
    if (other !== undefined) {
      throw new UsageError(
        `merge: ${other.path} has ${what}: ${of(other)}, where ${first.path} has ${of(first)}`,
      )
    }
  }
  const byIndex = new Map<number, ShardFolder>()
  for (const shard of shards) {
    const twin = byIndex.get(shard.record.index)
    if (twin !== undefined) {
      throw new UsageError(
        `merge: shard ${shardText(shard.record)} is given twice: ${twin.path} and ${shard.path}`,
      )
    }
    byIndex.set(shard.record.index, shard)
  }
  const { count } = first.record
  const missing = Array.from({ length: count }, (_, index) => index).filter((index) => !byIndex.has(index))
  if (missing.length > 0) {
    const names = missing.slice(0, 10).map((index) => shardText({ index, count }))
    const more = missing.length > names.length ? ` and ${missing.length - names.length} more` : ''
    throw new UsageError(`merge: no folder of shard ${names.join(', ')}${more}`)
  }
  return [...byIndex.values()].sort((a, b) => a.record.index - b.record.index)
}

/**
 * Puts the finished shards of an experiment together in a folder: `results.jsonl` and `table.md` are the same bytes as of one run. No
 * data are needed.
 *
 * @param shards as {@link inOrder} has them.
 * @throws UsageError for a shard of which runs are missing, and runs of several engines.
 */
export function mergeShards<S, R>(
  experiment: StudyExperiment<S, R>,
  shards: readonly ShardFolder[],
  folder: ResultFolder,
): Promise<R> {
  const { study, settings, document } = experiment
  const { sizes } = shards[0].record
  const plan = study.plan(settings, sizes)
  const ended = new Map<string, Finished>()
  for (const shard of shards) {
    for (const run of runsOf(experiment, shard)) {
      expectFit(study, settings, sizes, run, `${shard.path}: ${study.kinds[run.kind].label(run.task)}`)
      ended.set(keyOf(run), run)
    }
  }
  folder.expectPlain(Object.values(files))
  folder.removeResults()
  folder.write(files.experiment, document)
  return writeResults(
    experiment,
    sizes,
    plan.map((job) => ended.get(keyOf(job))!),
    folder,
  )

  /** @throws UsageError where some are missing. */
  function runsOf(
    { study: { kinds } }: StudyExperiment<S, R>,
    { path, record, log }: ShardFolder,
  ): Finished[] {
    const inputs = log.header?.inputs ?? {}
    if (log.header !== null && log.header.settings !== checksum(document)) {
      throw new UsageError(
        `merge: ${join(path, files.experiment)} is not what the runs in ${join(path, files.log)} were computed with; put it back`,
      )
    }
    const here = {
      folder: {
        pathOf: (name: string) => join(path, name),
        read: (name: string) => readPlainText(join(path, name)),
      },
    }
    const found = new Map(
      usableRuns({ study: { kinds }, document, inputs, plan }, log, here).map((run) => [keyOf(run), run]),
    )
    const tasks = tasksOf(plan, record)
    const missing = tasks.filter((task) => !found.has(keyOf(task)))
    if (missing.length > 0) {
      throw new UsageError(
        `merge: shard ${shardText(record)} in ${path} is not done: ${missing.length} of ${counted(tasks.length, 'run')} missing; to go on: ${goOn('run', path)}`,
      )
    }
    return tasks.map((task) => found.get(keyOf(task))!)
  }
}

/** @throws UsageError for runs of several engines, which may have other last digits. */
export function expectOneEngine(shards: readonly ShardFolder[]): void {
  const engineOf = ({ versions }: { readonly versions: object }): string | undefined =>
    (versions as { readonly engine?: string }).engine
  const found = shards.flatMap(({ path, log }) =>
    log.runs.flatMap((run) => {
      const engine = engineOf(run)
      return engine === undefined ? [] : [{ path, engine }]
    }),
  )
  const other = found.find(({ engine }) => engine !== found[0].engine)
  if (other !== undefined) {
    throw new UsageError(
      `merge: ${other.path} has runs of another engine: ${other.engine}, where ${found[0].path} has ${found[0].engine}`,
    )
  }
}
