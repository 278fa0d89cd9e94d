import { fieldsOf, text } from '../../fields/fields.ts'
import { SettingError } from '../../fields/setting-error.ts'
import { models } from '../../objectives.ts'
import { plainTableOf, wideTableOf } from '../../report/table.ts'
import { loadSet } from '../../sets/data-sets.ts'
import type { SetSizes } from '../../sets/set-sizes.ts'
import { testErrorsOf } from '../../study/choose.ts'
import { costOfPca } from '../../study/cost.ts'
import { shownMisfit } from '../../study/data.ts'
import { gridStudy } from '../../study/grid-study.ts'
import { hundredths } from '../../text/number.ts'
import type { ReportText } from '../../text/report-text.ts'
import { runBaselines } from './baselines.ts'
import { diagnosticColumns, diagnosticsOf, unexplainedOf } from './diagnostics.ts'
import { errorsTable, shortTitle } from './errors-table.ts'
import { definition } from './experiment.ts'
import { figureFilesOf } from './figures.ts'
import { isTrainedAt, stepsOf } from './generators.ts'
import { notesOf } from './notes.ts'
import {
  type PaperBaselines,
  type PaperOutcome,
  paperBaselines,
  paperMisfit,
  paperOutcome,
} from './outcome.ts'
import type { PaperReport } from './report.ts'
import { paperNet, runModel } from './run.ts'
import { type ReproduceSettings, validationShare } from './settings.ts'
import { setsTable, testNotes } from './tests-table.ts'

function checkSizes(
  { bottleneck, batchSize, models: names }: ReproduceSettings,
  set: string,
  { length, train, validation }: SetSizes,
): void {
  const training = `the training samples of ${set} beside ${validation} held out`
  if (bottleneck > length) {
    throw new SettingError(
      ['bottleneck'],
      `expected at most ${length}, the length of ${set}, got ${bottleneck}`,
    )
  }
  if (bottleneck > train && names.some((model) => models[model].skip)) {
    throw new SettingError(
      ['bottleneck'],
      `expected at most ${train} where a skip starts at PCA, ${training}, got ${bottleneck}`,
    )
  }
  if (batchSize > train) {
    throw new SettingError(['batchSize'], `expected at most ${train}, ${training}, got ${batchSize}`)
  }
}

/** λ or σ chosen, and what shows how a model failed where it did (docs/mathematics.md 5.8): a row per set and model. */
const diagnosticsTable = ({ settings, cells }: PaperReport) =>
  plainTableOf({
    columns: [{ head: '', text: ({ model }) => models[model].title }, ...diagnosticColumns(settings)],
    groups: settings.sets.map((set) => ({ title: set, rows: cells.filter((cell) => cell.set === set) })),
  })

function reportText(report: PaperReport): ReportText {
  const { runs } = report.settings
  const errors = errorsTable(report)
  const overSets = setsTable(report)
  return {
    title: `Test reconstruction error × 100, ${runs === 1 ? '1 run' : `mean ± std of ${runs} runs`}`,
    tables: [
      { wide: wideTableOf(errors, shortTitle), narrow: plainTableOf(errors) },
      ...(overSets === null ? [] : [{ wide: plainTableOf(overSets) }]),
      { wide: diagnosticsTable(report) },
    ],
    notes: [...testNotes(report), ...notesOf(report)],
    failures: report.failures,
  }
}

/** `facet reproduce`: every model on every set (docs/mathematics.md 7.1), and the baselines of every set. */
export const paperTable = {
  definition,
  ...gridStudy<ReproduceSettings, PaperOutcome, { readonly set: string }, PaperBaselines>({
    data: { load: loadSet, validationShare, checkSizes },
    run: {
      outcome: paperOutcome,
      run: runModel,
      note: ({ testError }) => `test error ${hundredths(testError)}`,
      about: (settings) => ({ seed: settings.seed, settings }),
      misfit: (settings, _sizes, _task, outcome) => paperMisfit(settings, outcome),
      isTrained: isTrainedAt,
      steps: stepsOf,
      work: ({ epochs }, _, { validation, test }) => ({ epochs, forward: epochs * (validation + test) }),
    },
    step: {
      samples: ({ batchSize }) => batchSize,
      net: (settings, batch) =>
        paperNet(settings, batch.shape[1], 0, { bottleneckActivation: settings.bottleneckActivation }),
    },
    baselines: {
      task: fieldsOf({ set: text('the name of a data set') }),
      outcome: paperBaselines,
      misfit: (_, sizes, { set }, outcome) => shownMisfit(outcome, sizes[set]),
      tasks: ({ sets }) => sets.map((set) => ({ set })),
      run: runBaselines,
      label: ({ set }) => `${set} · mean predictor and PCA`,
      cost: (_, { train, validation, length }) => costOfPca(train + validation, length),
    },
    summary: ({ cells }) =>
      cells.map((cell) => {
        const { set, model, chosen, candidates, errors } = cell
        const { liveUnits, withoutNeighbour } = diagnosticsOf(cell)
        return {
          kind: 'cell',
          set,
          model,
          chosen,
          candidates: candidates.map(({ value, validationError }) => ({ value, validationError })),
          errors,
          testErrors: testErrorsOf(cell),
          liveUnits,
          unexplained: unexplainedOf(cell),
          withoutNeighbour,
        }
      }),
    text: reportText,
    pictures: async (report) => figureFilesOf(report),
    async page(report, document) {
      const { paperPage } = await import('./page.ts')
      return paperPage(report, document)
    },
  }),
}
