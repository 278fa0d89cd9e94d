import { type ModelName, models } from '../../objectives.ts'
import { findingsList, strong } from '../../report/findings.ts'
import { type Content, type Html, html } from '../../report/html.ts'
import type { Comparison } from '../../study/compare.ts'
import { type ComparedCell, compareModels, errorsOf } from '../../study/grid-report.ts'
import { counted, hundredths, listed } from '../../text/number.ts'
import { mean } from '../../text/statistics.ts'
import { codesOutsideOf } from './diagnostics.ts'
import { regularizedModels } from './errors-table.ts'
import { paperRow } from './printed.ts'
import { baselinesOf, type PaperReport } from './report.ts'
import { setsVerdict } from './tests-table.ts'

/** Models of a set that have a result, lowest mean test error first. */
const ranking = (report: PaperReport, set: string): { readonly model: ModelName; readonly error: number }[] =>
  report.settings.models
    .flatMap((model) => {
      const errors = errorsOf(report, set, model)
      return errors.length === 0 ? [] : [{ model, error: mean(errors) }]
    })
    .sort((a, b) => a.error - b.error)

/** With AE, of the models that differ from it by their regularizer alone. */
const allComparisons = (report: PaperReport): ComparedCell[] =>
  report.settings.sets.flatMap((set) =>
    regularizedModels(report).flatMap((model) => compareModels(report, set, model) ?? []),
  )

const percent = (share: number): string => `${(100 * Math.abs(share)).toFixed(1)}\u00a0%`

const direction = ({ difference }: Pick<Comparison, 'difference'>): string =>
  difference < 0 ? 'lower' : 'higher'

/** Do regularizers change anything? The one question of the paper's table. */
function regularizers(report: PaperReport): Content {
  const { settings } = report
  if (!settings.models.includes('ae')) {
    return html`${strong('The plain autoencoder was not trained')}, so this run cannot say whether a regularizer helps.`
  }
  const comparisons = allComparisons(report)
  if (comparisons.length === 0) {
    return html`${strong('No regularizer can be compared')} with the plain autoencoder: none of them, or not AE, has a result for all runs.`
  }
  const range = (chosen: readonly Comparison[]): string => {
    const shares = chosen.map(({ relative }) => relative).sort((a, b) => a - b)
    const signed = (share: number): string => `${share < 0 ? '−' : '+'}${percent(share)}`
    return shares.length === 1 ? signed(shares[0]) : `${signed(shares[0])} to ${signed(shares.at(-1)!)}`
  }
  if (settings.runs === 1) {
    return html`${strong('One run has no spread')}: the regularizers' test errors differ from the plain autoencoder's by ${range(comparisons)}, and whether that is chance cannot be told. Use more runs.`
  }
  const beyond = comparisons.filter(({ beyondSpread }) => beyondSpread === true)
  const pairs = counted(comparisons.length, 'comparison')
  if (beyond.length === 0) {
    return html`${strong('No regularizer differs from the plain autoencoder by more than the spread over runs')}: in ${pairs} on ${counted(settings.sets.length, 'set')}, mean test errors change by ${range(comparisons)}.`
  }
  const told = beyond.map(
    (c) =>
      `${models[c.model].title} on ${c.set} (${percent(c.relative)} ${direction(c)}, lower in ${c.wins} of ${c.runs} runs)`,
  )
  const helps = beyond.filter(({ difference }) => difference < 0).length
  return html`${strong(`${helps === 0 ? 'No regularizer lowers' : `${counted(helps, 'comparison')} of ${comparisons.length}: a regularizer lowers`} the test error by more than the spread over runs`)}. Beyond it, in either direction: ${listed(told)}.`
}

/** Whether it is more than chance, over sets. */
function overSets(report: PaperReport): Content[] {
  const verdict = setsVerdict(report)
  return verdict === null || report.settings.sets.length < 2
    ? []
    : [html`${strong('Wilcoxon’s signed-rank test over sets')}: ${verdict}.`]
}

/** Where nothing deep is needed. */
function linear(report: PaperReport): Content[] {
  const { settings } = report
  const rows = settings.sets.flatMap((set) => {
    const [best] = ranking(report, set)
    const baselines = baselinesOf(report, set)
    return best && baselines ? [{ set, best, pca10: baselines.pca10 }] : []
  })
  if (rows.length === 0) return []
  const told = (row: (typeof rows)[number]): string =>
    `${row.set} (${hundredths(row.pca10)} against ${hundredths(row.best.error)} of ${models[row.best.model].title})`
  const [below, above] = [
    rows.filter((r) => r.pca10 < r.best.error),
    rows.filter((r) => r.pca10 >= r.best.error),
  ]
  const width =
    settings.bottleneck === 10 ? '' : ` The networks' bottleneck has ${counted(settings.bottleneck, 'unit')}.`
  return [
    ...(below.length === 0
      ? []
      : [
          html`${strong('Ten linear components do better than every autoencoder')} on ${listed(below.map(told))}.`,
        ]),
    ...(above.length === 0
      ? []
      : [
          html`${strong('The best autoencoder does at least as well as ten linear components')} on ${listed(above.map(told))}.`,
        ]),
  ].map((text, i, { length }) => (i === length - 1 ? [text, width] : text))
}

/** Models that learned nothing that the mean of the training part does not know. */
function noBetterThanMean(report: PaperReport): Content[] {
  const { settings } = report
  const told = settings.sets.flatMap((set) => {
    const all = ranking(report, set)
    const meanPredictor = baselinesOf(report, set)?.meanPredictor
    const poor = all.filter(({ error }) => meanPredictor !== undefined && error >= meanPredictor)
    if (poor.length === 0) return []
    const who =
      poor.length === all.length ? 'every model' : listed(poor.map(({ model }) => models[model].title))
    return [`${who} on ${set}`]
  })
  return told.length === 0
    ? []
    : [html`${strong('No better than predicting the mean of the training part')}: ${listed(told)}.`]
}

/** The paper's claim for its own method, beside what was found here. */
function paper(report: PaperReport): Content[] {
  const comparisons = allComparisons(report)
  const told = report.settings.sets.flatMap((set) => {
    const { ae, lieGroupFirstOrder: lie } = paperRow(set)
    const own = comparisons.find((c) => c.set === set && c.model === 'lieGroupFirstOrder')
    if (!ae || !lie || !own) return []
    const claimed = lie.mean / ae.mean - 1
    return [
      `${percent(claimed)} ${claimed < 0 ? 'lower' : 'higher'} on ${set} (here ${percent(own.relative)} ${direction(own)})`,
    ]
  })
  return told.length === 0
    ? []
    : [
        html`${strong("The paper's Table 1")} reports test errors of the first-order Lie-group regularizer that, compared with AE, are ${listed(told)}.`,
      ]
}

/** Regularizers that look where the data's codes are not. */
function escaped(report: PaperReport): Content[] {
  const told = report.cells.flatMap((cell) => {
    const codesOutside = codesOutsideOf(cell)
    const isLie = cell.model === 'lieGroupFirstOrder' || cell.model === 'lieGroupSecondOrder'
    return isLie && codesOutside !== null && codesOutside > 0.5
      ? [`${models[cell.model].title} on ${cell.set} (${percent(codesOutside)})`]
      : []
  })
  return told.length === 0
    ? []
    : [
        html`${strong('Most training codes lie outside the region where the Lie-group regularizers draw their pairs')}, so that the penalty hardly sees them: ${listed(told)}.`,
      ]
}

/** What lies outside the paper: a linear skip, and reconstruction of transformed samples on top of it. */
function beyondPaper(report: PaperReport): Content[] {
  const told = (what: string, by: (set: string) => ComparedCell | null): Content[] => {
    const all = report.settings.sets.flatMap((set) => by(set) ?? [])
    const parts = all.map(
      (c) => `${percent(c.relative)} ${direction(c)} on ${c.set} (lower in ${c.wins} of ${c.runs} runs)`,
    )
    return parts.length === 0 ? [] : [html`${strong(what)}: test errors ${listed(parts)}.`]
  }
  return [
    ...told('Linear skips that start at PCA, against AE', (set) => compareModels(report, set, 'skip')),
    ...told('Reconstructing samples moved along known generators, against the skip AE alone', (set) =>
      compareModels(report, set, 'skipOrbit', 'skip'),
    ),
    ...told('The same with generators learned from the training part', (set) =>
      compareModels(report, set, 'skipLearned', 'skip'),
    ),
  ]
}

function shortTraining(report: PaperReport): Content[] {
  const outcomes = report.cells.flatMap((cell) => cell.outcomes)
  const last = outcomes.filter(({ bestEpoch }) => bestEpoch === report.settings.epochs - 1).length
  return last === 0
    ? []
    : [
        html`In ${strong(`${last} of ${counted(outcomes.length, 'training')} the best epoch was the last one`)} (of ${report.settings.epochs}): longer training would probably lower these errors, and may change their order.`,
      ]
}

const failed = ({ failures }: PaperReport): Content[] =>
  failures.length === 0
    ? []
    : [html`${strong(`${counted(failures.length, 'run')} failed`)}; they are listed with the table.`]

/** What a run shows, in plain words, all of it computed from its numbers. */
export const leadHtml = (report: PaperReport): Html =>
  findingsList(
    [
      regularizers(report),
      ...overSets(report),
      ...linear(report),
      ...noBetterThanMean(report),
      ...paper(report),
      ...beyondPaper(report),
      ...escaped(report),
      ...shortTraining(report),
      ...failed(report),
    ],
    'A difference counts as more than the spread where two means lie farther apart than the larger of their standard deviations over runs. With few runs that is a hint and no test; tests are in a section of their own. Errors are mean squared errors over test samples and dimensions × 100.',
  )
