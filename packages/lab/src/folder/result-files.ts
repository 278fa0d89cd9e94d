/**
 * The files of a result folder: `experiment` at any time, `log` while runs are missing, the others when all are done. Those beside
 * `results` are made of it, and `times` of the log.
 */
export const resultFiles = {
  experiment: 'experiment.yaml',
  log: 'runs.jsonl',
  results: 'results.jsonl',
  times: 'times.jsonl',
  table: 'table.md',
  report: 'report.html',
} as const
