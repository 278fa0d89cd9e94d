import { buildFingerprint } from '../build.ts'
import { UsageError } from '../errors.ts'
import { resultFiles as files } from '../folder/result-files.ts'
import { counted } from '../text/number.ts'
import { versions } from '../version.ts'
import { runMissing, type StudyExperiment } from './run.ts'
import { type Shard, shardText, tasksOf } from './shard.ts'
import { readRecord, recordText, type ShardRecord } from './shard-record.ts'
import type { ExperimentOptions } from './study.ts'

/** What a shard came to. */
export interface ShardEnd {
  readonly runs: number
  /** Runs that failed as they would anywhere: their message is their result. */
  readonly failed: number
  /** Runs whose worker was lost each time: whoever goes on repeats them. */
  readonly lost: number
}

/**
 * Runs the tasks of one shard in a folder: `experiment.yaml`, `shard.json` and `runs.jsonl`, which stays. What the folder holds of the
 * same shard, document, data and build is gone on with, as whoever is started again by a scheduler has to.
 *
 * @throws UsageError for a folder of another shard or build; else as {@link runStudy}.
 */
export async function runShard<S>(
  experiment: StudyExperiment<S, unknown>,
  shard: Shard,
  options: ExperimentOptions,
  worker: URL,
): Promise<ShardEnd> {
  const { folder } = options
  const { study, settings } = experiment
  const { sizes, inputs } = await study.prepare(settings)
  const record = { ...shard, facet: versions.facet, build: buildFingerprint(), sizes }
  const isBegun = options.unfinished !== 'overwrite' && folder.has(files.shard)
  if (isBegun) {
    expectSame(readRecord(folder.read(files.shard), folder.pathOf(files.shard)), record, folder.path)
    if (folder.has(files.experiment) && folder.read(files.experiment) !== experiment.document) {
      throw new UsageError(
        `${folder.path}: ${files.experiment} is of another experiment; name another folder, or start again with --overwrite`,
      )
    }
  }
  const part = {
    tasks: tasksOf(study.plan(settings, sizes), shard),
    begun: () => void folder.write(files.shard, recordText(record)),
  }
  const finished = await runMissing(
    experiment,
    { sizes, inputs },
    { ...options, ...(isBegun && { unfinished: 'resume' }) },
    worker,
    part,
  )
  return {
    runs: finished.length,
    failed: finished.filter(({ error, lost }) => error !== undefined && !lost).length,
    lost: finished.filter(({ lost }) => lost).length,
  }
}

/** @throws UsageError for a folder whose runs are not of this shard and build. */
function expectSame(found: ShardRecord, own: ShardRecord, path: string): void {
  const differing =
    shardText(found) !== shardText(own)
      ? `shard ${shardText(found)}, not ${shardText(own)}`
      : found.facet !== own.facet || found.build !== own.build
        ? `runs of Facet ${found.facet}, build ${found.build}; this is ${own.facet}, build ${own.build}`
        : null
  if (differing === null) return
  throw new UsageError(`${path}: holds ${differing}; name another folder, or start again with --overwrite`)
}

/** One line for a person. */
export const shardEndText = (shard: Shard, { runs, failed, lost }: ShardEnd): string =>
  `shard ${shardText(shard)}: ${lost === 0 ? `${runs === 1 ? 'its one run is' : `all ${runs} runs are`} done` : `${lost} of ${counted(runs, 'run')} were lost with their worker`}${failed > 0 ? `, of which ${failed} failed` : ''}`
