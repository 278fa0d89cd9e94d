import * as z from 'zod'
import { text, wholeNumber } from '../../fields/fields.ts'
import { plainTableOf, type Table } from '../../report/table.ts'
import type { SetSizes } from '../../sets/set-sizes.ts'
import { costOfPca } from '../../study/cost.ts'
import { shownMisfit } from '../../study/data.ts'
import { gridStudy } from '../../study/grid-study.ts'
import { errorText } from '../../text/number.ts'
import type { ReportText } from '../../text/report-text.ts'
import { orbitScales, runBaselines } from './baselines.ts'
import { setChecks } from './data.ts'
import { errorsTable } from './errors-table.ts'
import { definition } from './experiment.ts'
import { hypothesesTable } from './hypotheses-table.ts'
import { learnedTable } from './learned-table.ts'
import { benefitNet, epochsOf } from './net.ts'
import { notesOf } from './notes.ts'
import { type BenefitBaselines, type BenefitOutcome, benefitBaselines, benefitOutcome } from './outcome.ts'
import { probesTable } from './probes-table.ts'
import type { BenefitReport } from './report.ts'
import { probedModels, runModel } from './run.ts'
import { type OrbitBenefitSettings, protocol } from './settings.ts'
import { summaryOf } from './summary.ts'

/** Baselines are of a run: they are fitted to what its models are trained on. */
interface BaselineRun {
  readonly set: string
  readonly run: number
}

const baselineCost = (settings: OrbitBenefitSettings, { train, length }: SetSizes): number =>
  (1 + orbitScales(settings).length) * costOfPca(Math.max(protocol.pcaSamples, 2 * train), length)

/** A table for the terminal, where there is one. */
const plainTables = <R>(table: Table<R> | null) => (table === null ? [] : [{ wide: plainTableOf(table) }])

function textOf(report: BenefitReport): ReportText {
  const { net, runs } = report.settings
  return {
    title: `Test reconstruction error × 100, ${net} autoencoders, ${runs === 1 ? '1 run' : `mean ± std of ${runs} paired runs`}`,
    tables: [
      ...plainTables(errorsTable(report)),
      ...plainTables(probesTable(report)),
      ...plainTables(hypothesesTable(report)),
      ...plainTables(learnedTable(report)),
    ],
    notes: notesOf(report),
    failures: report.failures,
  }
}

/**
 * `facet reproduce --study orbit-benefit`: every model on every set with paired seeds (docs/mathematics.md 7.3), beside the
 * baselines of every run.
 */
export const orbitBenefit = {
  definition,
  ...gridStudy<OrbitBenefitSettings, BenefitOutcome, BaselineRun, BenefitBaselines>({
    data: setChecks,
    run: {
      outcome: benefitOutcome,
      run: runModel,
      note: ({ testError }) => `test error ${errorText(testError)}`,
      about: ({ candidates: _, ...settings }) => ({ settings, protocol }),
      work(settings, { model }, { train, validation, test }) {
        const { epochs } = epochsOf(settings, train)
        // Warped test parts are moved, which costs as much again.
        const measured = probedModels.includes(model) ? 1 + 2 * protocol.warpScales.length : 1
        return { epochs, forward: epochs * validation + test * measured }
      },
    },
    step: {
      samples: (settings, { train }) => epochsOf(settings, train).batch,
      net: (settings, batch) => benefitNet({ ...settings, net: 'plain' }, batch, 'calibration'),
    },
    baselines: {
      task: z.strictObject({ set: text('the name of a data set'), run: wholeNumber(0) }),
      outcome: benefitBaselines,
      misfit: (_, sizes, { set }, { showcase }) => showcase && shownMisfit(showcase, sizes[set]),
      run: runBaselines,
      label: ({ set, run }) => `${set} · mean predictor and PCA · run ${run + 1}`,
      tasks: ({ sets, runs }) =>
        sets.flatMap((set) => Array.from({ length: runs }, (_, run) => ({ set, run }))),
      cost: baselineCost,
    },
    summary: summaryOf,
    text: textOf,
    async pictures(report): Promise<Record<string, string>> {
      const picture = (await import('./changes-chart.ts')).changesPicture(report)
      return picture === null ? {} : { 'changes.svg': picture }
    },
    page: async (report, document) => (await import('./page.ts')).benefitPage(report, document),
  }),
}
