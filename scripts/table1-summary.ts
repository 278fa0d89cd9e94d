// What docs/results keeps of `facet reproduce`: table1.json and table1-ranks.svg, and the rows of table1.md on stdout:
//   node --conditions=facet-source --import tsx scripts/table1-summary.ts FOLDER… [--out docs/results] [--name table1]
// Each FOLDER is a finished result folder; its report is made anew on the way. Ranks and tests are those of the first.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readDocument } from '../packages/lab/src/document/read-document.ts'
import { startEngine } from '../packages/lab/src/engine.ts'
import { inResultFolder } from '../packages/lab/src/folder/result-folder.ts'
import { type ModelName, models } from '../packages/lab/src/objectives.ts'
import { runExperiment } from '../packages/lab/src/run-experiment.ts'
import { paperRow, paperText } from '../packages/lab/src/studies/paper-table/printed.ts'
import { rankingsOf } from '../packages/lab/src/studies/paper-table/ranking.ts'
import { rankingChart } from '../packages/lab/src/studies/paper-table/ranking-chart.ts'
import { baselinesOf, type PaperReport } from '../packages/lab/src/studies/paper-table/report.ts'
import { runsTests, setsTests } from '../packages/lab/src/studies/paper-table/significance.ts'
import { rankingText, runsVerdict, setsVerdict } from '../packages/lab/src/studies/paper-table/tests-table.ts'
import { cellOf, errorsOf } from '../packages/lab/src/study/grid-report.ts'
import { errorsText, errorText } from '../packages/lab/src/text/number.ts'
import { mean, standardDeviation } from '../packages/lab/src/text/statistics.ts'

const { positionals, values: flags } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'docs/results' },
    name: { type: 'string', default: 'table1' },
  },
})
if (positionals.length === 0) throw new Error('expected finished result folders of facet reproduce')
await startEngine()

async function reportOf(path: string): Promise<PaperReport> {
  const { experiment } = readDocument(join(path, 'experiment.yaml'))
  if (experiment.experiment !== 'reproduce') throw new Error(`${path}: expected a folder of facet reproduce`)
  const { report } = await inResultFolder(path, (folder) =>
    runExperiment(experiment, {
      folder,
      processes: 1,
      signal: new AbortController().signal,
      stream: process.stderr,
      unfinished: 'resume',
    }),
  )
  return report
}

const reports: PaperReport[] = []
for (const path of positionals) reports.push(await reportOf(path))

const round = (value: number): number => Number(value.toPrecision(5))

function cellJson(report: PaperReport, set: string, model: ModelName) {
  const errors = errorsOf(report, set, model)
  if (errors.length === 0) return null
  const { chosen } = cellOf(report, set, model)!
  return {
    mean: round(100 * mean(errors)),
    std: errors.length < 2 ? null : round(100 * standardDeviation(errors)!),
    runs: errors.length,
    chosen,
    paper: paperRow(set)[model] ?? null,
  }
}

const tables = reports.map((report) => ({
  settings: { ...report.settings, data: report.settings.data === null ? null : 'files' },
  sets: report.settings.sets.map((set) => {
    const { meanPredictor, pca1, pca10 } = baselinesOf(report, set)!
    return {
      set,
      models: Object.fromEntries(
        report.settings.models.map((model) => [model, cellJson(report, set, model)]),
      ),
      baselines: Object.fromEntries(
        Object.entries({ meanPredictor, pca1, pca10 }).map(([name, value]) => [name, round(100 * value)]),
      ),
    }
  }),
}))
const [first] = reports
const summary = {
  unit: 'test mean squared error × 100',
  tables,
  overRuns: runsTests(first).map(({ set, model, relative, signFlip, corrected }) => ({
    set,
    model,
    change: round(relative),
    signFlip,
    corrected,
  })),
  overSets: setsTests(first),
  rankings: rankingsOf(first),
}
writeFileSync(join(flags.out, `${flags.name}.json`), `${JSON.stringify(summary, null, 1)}\n`)
const [ranking] = rankingsOf(first)
if (ranking !== undefined)
  writeFileSync(join(flags.out, `${flags.name}-ranks.svg`), `${rankingChart(ranking)}\n`)

for (const report of reports) {
  const { settings } = report
  const titles = settings.models.map((model) => models[model].title)
  console.log(`\n| set | ${titles.join(' | ')} | mean predictor | PCA-10 |`)
  console.log(`|---${'|---:'.repeat(titles.length + 2)}|`)
  for (const set of settings.sets) {
    const own = settings.models.map((model) => {
      const errors = errorsOf(report, set, model)
      const printed = paperRow(set)[model]
      const paper = printed ? ` (${paperText(printed)})` : ''
      return `${errors.length === 0 ? '–' : errorsText(errors)}${paper}`
    })
    const { meanPredictor, pca10 } = baselinesOf(report, set)!
    console.log(`| ${[set, ...own, errorText(meanPredictor), errorText(pca10)].join(' | ')} |`)
  }
  for (const line of [runsVerdict(report), setsVerdict(report), ...rankingsOf(report).map(rankingText)])
    if (line !== null) console.log(`\n${line}`)
}
