/**
 * The files of a result folder: `experiment` at any time, `log` while runs are missing, the others when all are done. Those beside
 * `results` are made of it, and `times` of the log. A shard has `shard` from the beginning, and `log` stays.
 */
export const resultFiles = {
  experiment: 'experiment.yaml',
  shard: 'shard.json',
  log: 'runs.jsonl',
  results: 'results.jsonl',
  times: 'times.jsonl',
  table: 'table.md',
  report: 'report.html',
} as const

/** Files beside `report`, one for each of its figures. */
export const isFigureFile = (name: string): boolean => /^figure-.*\.json$/.test(name)

const { report, table, results, times, log, shard } = resultFiles
/** What another experiment in the folder does not leave there, what is made of others first: stopped on the way, the rest can be made again. */
export const replacedFiles: readonly string[] = [report, table, results, times, log, shard]
