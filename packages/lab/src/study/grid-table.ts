import type { CandidateValue } from '../candidate-value.ts'
import { type ModelName, modelColour, models, valueText } from '../objectives.ts'
import { type Column, nameHtml } from '../report/column.ts'
import type { SetSizes } from '../sets/set-sizes.ts'
import { errorsText, none, pText, signedPercent } from '../text/number.ts'
import { mean, standardDeviation } from '../text/statistics.ts'
import { testErrorsOf } from './choose.ts'
import type { Comparison } from './compare.ts'
import { type AnyGridReport, cellOf, compareModels } from './grid-report.ts'

/** A row of the table of errors: a model on a set, or a baseline. */
export interface GridRow {
  readonly set: string
  readonly title: string
  /** `null` for a baseline. */
  readonly model: ModelName | null
  readonly chosen: CandidateValue | null
  /** Test errors, run by run; none where it failed or is not trained. */
  readonly errors: readonly number[]
  /** Whether there is anything to fail. */
  readonly isTrained: boolean
  /** With AE; `null` for AE itself, for baselines, and where one of the two has no result. */
  readonly comparison: Comparison | null
}

/** The rows of the models of a set. */
export const modelRows = (report: AnyGridReport, set: string): GridRow[] =>
  report.settings.models.map((model) => {
    const cell = cellOf(report, set, model)
    return {
      set,
      title: models[model].title,
      model,
      chosen: cell?.chosen ?? null,
      errors: cell === undefined ? [] : testErrorsOf(cell),
      isTrained: cell !== undefined,
      comparison: compareModels(report, set, model),
    }
  })

export const baselineRow = (set: string, title: string, errors: readonly number[]): GridRow => ({
  set,
  title,
  model: null,
  chosen: null,
  errors,
  isTrained: true,
  comparison: null,
})

export const isBaseline = ({ model }: GridRow): boolean => model === null

/** The name of a row with the colour of its model, and beside it the value that was chosen. */
export const nameColumn: Column<GridRow> = {
  head: '',
  text: ({ title }) => title,
  html: ({ title, model, chosen }) =>
    model === null
      ? nameHtml(title)
      : nameHtml(title, { colour: modelColour(model), beside: valueText(model, chosen) }),
  csv: {
    set: ({ set }) => set,
    model: ({ model, title }) => model ?? title,
    value: ({ chosen }) => chosen,
  },
}

/** Errors × 100, mean and standard deviation over runs; `–` where nothing is trained. */
export const errorColumn: Column<GridRow> = {
  head: 'error',
  className: 'breaks',
  text: ({ errors, isTrained }) => (isTrained ? errorsText(errors) : none),
  csv: {
    runs: ({ errors }) => errors.length,
    test_error: ({ errors }) => (errors.length === 0 ? null : mean(errors)),
    test_error_std: ({ errors }) => standardDeviation(errors),
  },
}

/** What a comparison with AE says, in words and as a number; nothing where there is none. */
const comparedColumn = (
  head: string,
  name: string,
  read: (comparison: Comparison) => number | null,
  text: (comparison: Comparison) => string,
): Column<GridRow> => ({
  head,
  text: ({ comparison }) => (comparison === null ? '' : text(comparison)),
  csv: { [name]: ({ comparison }) => comparison && read(comparison) },
})

/** How each model compares with AE over paired runs, and how likely that is where there is no difference. */
export const comparisonColumns: readonly Column<GridRow>[] = [
  comparedColumn(
    'to AE',
    'change_to_ae',
    ({ relative }) => relative,
    ({ relative }) => signedPercent(relative),
  ),
  comparedColumn(
    'wins',
    'wins',
    ({ wins }) => wins,
    ({ wins, runs }) => `${wins}/${runs}`,
  ),
  comparedColumn(
    'p (t)',
    'p_paired_t',
    ({ pairedT }) => pairedT,
    ({ pairedT }) => pText(pairedT),
  ),
  comparedColumn(
    'p (flip)',
    'p_sign_flip',
    ({ signFlip }) => signFlip,
    ({ signFlip }) => pText(signFlip),
  ),
]

/** The chosen value, for a terminal and Markdown: a page has it beside the name. */
export const chosenColumn: Column<GridRow> = {
  head: 'chosen',
  text: ({ model, chosen }) => (model === null ? '' : valueText(model, chosen)),
  html: null,
}

/** `24 to train, 6 held out, 900 to test, 128 values each`. */
export const sizesText = ({ train, validation, test, length }: SetSizes): string =>
  `${train} to train, ${validation} held out, ${test} to test, ${length} values each`

/** `one run`, or what the spread is of. */
export const spreadText = (runs: number): string =>
  runs === 1 ? 'one run' : `mean ± sample standard deviation over ${runs} runs`
