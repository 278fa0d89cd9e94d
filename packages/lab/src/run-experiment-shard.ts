import { documentText } from './document/write-document.ts'
import { type Experiment, studyOf } from './studies/studies.ts'
import { runShard, type ShardEnd } from './study/run-shard.ts'
import type { Shard } from './study/shard.ts'
import type { ExperimentOptions } from './study/study.ts'
import { workerEntry } from './worker-entry.ts'

/**
 * Runs one shard of an experiment in a folder, as `facet run --shard i/n` does. A folder that holds an unfinished part of the same
 * shard is gone on with.
 *
 * @throws UsageError as `runExperiment`, and for a folder of another shard, experiment or build.
 */
export const runExperimentShard = (
  experiment: Experiment,
  shard: Shard,
  options: ExperimentOptions,
): Promise<ShardEnd> =>
  runShard(
    {
      study: studyOf(experiment.experiment),
      settings: experiment.settings,
      document: documentText(experiment),
    },
    shard,
    options,
    workerEntry,
  )
