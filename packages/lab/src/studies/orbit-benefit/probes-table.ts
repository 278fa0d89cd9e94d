import type { ModelName } from '../../objectives.ts'
import type { Column } from '../../report/column.ts'
import { html } from '../../report/html.ts'
import type { Table } from '../../report/table.ts'
import { cellOf } from '../../study/grid-report.ts'
import { type GridRow, modelRows, nameColumn } from '../../study/grid-table.ts'
import { errorText, percent, signedPercent } from '../../text/number.ts'
import { mean } from '../../text/statistics.ts'
import type { Probes } from './outcome.ts'
import type { BenefitReport } from './report.ts'
import { protocol } from './settings.ts'

const probesOf = (report: BenefitReport, set: string, model: ModelName): Probes[] =>
  (cellOf(report, set, model)?.outcomes ?? []).flatMap(({ abilities }) => abilities ?? [])

/** Means over runs of what a model can do beside reconstructing, and its changes against AE's, as shares; `null` where there are none. */
export function meanProbes(report: BenefitReport, set: string, model: ModelName) {
  const [own, plain] = [probesOf(report, set, model), probesOf(report, set, 'ae')]
  if (own.length === 0) return null
  const warpedError = (all: readonly Probes[], i: number): number =>
    mean(all.map(({ warpedErrors }) => warpedErrors[i]))
  return {
    linearAccuracy: mean(own.map(({ linearAccuracy }) => linearAccuracy)),
    nearestAccuracy: mean(own.map(({ nearestAccuracy }) => nearestAccuracy)),
    warped: protocol.warpScales.map((scale, i) => {
      const error = warpedError(own, i)
      return { scale, error, relative: plain.length === 0 ? null : error / warpedError(plain, i) - 1 }
    }),
  }
}

interface ProbedRow extends GridRow {
  readonly probes: NonNullable<ReturnType<typeof meanProbes>>
}

/** A number of the probes in words and as it is; nothing where there is none. */
const column = (
  head: string,
  name: string,
  text: (value: number) => string,
  read: (row: ProbedRow) => number | null,
): Column<ProbedRow> => ({
  head,
  text(row) {
    const value = read(row)
    return value === null ? '' : text(value)
  },
  csv: { [name]: read },
})

const columns: readonly Column<ProbedRow>[] = [
  nameColumn,
  column('linear probe', 'linear_accuracy', percent, ({ probes }) => probes.linearAccuracy),
  column('1-NN', 'nearest_accuracy', percent, ({ probes }) => probes.nearestAccuracy),
  ...protocol.warpScales.flatMap((s, i) => [
    {
      ...column(`warped ${s}`, `warped_${s}_error`, errorText, ({ probes }) => probes.warped[i].error),
      headHtml: html`warped, s ${s}`,
    },
    column('to AE', `warped_${s}_change_to_ae`, signedPercent, ({ model, probes }) =>
      model === 'ae' ? null : probes.warped[i].relative,
    ),
  ]),
]

/** Whether codes tell classes better, and moved samples are reconstructed better; `null` where no model was probed. */
export function probesTable(report: BenefitReport): Table<ProbedRow> | null {
  const groups = report.settings.sets.map((set) => ({
    title: set,
    rows: modelRows(report, set).flatMap((row): ProbedRow[] => {
      const probes = meanProbes(report, set, row.model!)
      return probes === null ? [] : [{ ...row, probes }]
    }),
  }))
  if (groups.every(({ rows }) => rows.length === 0)) return null
  return {
    caption: html`Share of test samples whose class a linear (ridge) classifier of the codes finds, and share of those whose nearest training code is of their class; reconstruction error × 100 of the test part moved by small warps (of time, for images affine ones) at two scales, and its change against AE. Means over runs.`,
    label: 'What the models do beside reconstructing',
    columns,
    groups,
  }
}
