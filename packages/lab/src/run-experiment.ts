import { documentText } from './document/write-document.ts'
import type { Experiment, ExperimentKindName } from './studies/studies.ts'
import { type ExperimentReports, studyOf } from './studies/studies.ts'
import { runStudy } from './study/run.ts'
import type { ExperimentOptions } from './study/study.ts'
import type { ReportText } from './text/report-text.ts'
import { workerEntry } from './worker-entry.ts'

/** What an experiment came to. */
export interface ExperimentResult<K extends ExperimentKindName> {
  readonly report: ExperimentReports[K]
  /** The table and its notes, as the terminal and `table.md` show them; `text.failures` names the runs that failed. */
  readonly text: ReportText
}

/**
 * Runs an experiment in a folder, as `facet run` does: its document, the run log, `results.jsonl`, `table.md` and `report.html`.
 *
 * @throws UsageError for settings that do not fit the data or the folder, and for files in it that are not as they were
 * written; DiskError where the folder cannot be written; Interrupted after the signal.
 */
export async function runExperiment<K extends ExperimentKindName>(
  experiment: Extract<Experiment, { readonly experiment: K }>,
  options: ExperimentOptions,
): Promise<ExperimentResult<K>> {
  const study = studyOf(experiment.experiment)
  const { settings } = experiment
  const report = await runStudy({ study, settings, document: documentText(experiment) }, options, workerEntry)
  return { report: report as ExperimentReports[K], text: study.text(report) }
}
