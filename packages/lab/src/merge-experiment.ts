import { join } from 'node:path'
import { readDocument } from './document/read-document.ts'
import { resultFiles } from './folder/result-files.ts'
import type { ResultFolder } from './folder/result-folder.ts'
import { studyOf } from './studies/studies.ts'
import { expectOneEngine, inOrder, mergeShards, openShard } from './study/merge.ts'
import type { ReportText } from './text/report-text.ts'

/**
 * Puts the result folders of all shards of an experiment together, as `facet merge` does: `results.jsonl` and `table.md` are the same
 * bytes as of one run.
 *
 * @param paths folders of the shards, in any order.
 * @throws UsageError that names what is wrong with which of them: one missing, given twice, unfinished, or of another document, data,
 * build or engine.
 */
export async function mergeExperiment(
  paths: readonly string[],
  folder: ResultFolder,
): Promise<{ readonly text: ReportText }> {
  const shards = inOrder(paths.map(openShard))
  expectOneEngine(shards)
  const [{ path, document }] = shards
  const { experiment, settings } = readDocument(join(path, resultFiles.experiment)).experiment
  const study = studyOf(experiment)
  const report = await mergeShards({ study, settings, document }, shards, folder)
  return { text: study.text(report) }
}
