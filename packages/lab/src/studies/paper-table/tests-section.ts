import { type ModelName, modelColour, models } from '../../objectives.ts'
import { type Column, colourKey } from '../../report/column.ts'
import { rowsFile } from '../../report/downloads.ts'
import { figure } from '../../report/figure.ts'
import { type Html, html } from '../../report/html.ts'
import type { Download } from '../../report/page.ts'
import { htmlTableOf } from '../../report/table.ts'
import { counted, listed, pText, signedPercent } from '../../text/number.ts'
import { type Ranking, rankingsOf } from './ranking.ts'
import { rankingChart } from './ranking-chart.ts'
import type { PaperReport } from './report.ts'
import {
  isSignificant,
  leastCorrected,
  type RunsTest,
  runsTests,
  setsTests,
  significance,
} from './significance.ts'
import { runsVerdict, setsTable, setsVerdict } from './tests-table.ts'

interface SetRow {
  readonly set: string
  readonly tests: readonly RunsTest[]
}

const ofModel = (model: ModelName, canBeSignificant: boolean): Column<SetRow> => ({
  head: models[model].title,
  headHtml: html`${colourKey(modelColour(model))}${models[model].title}`,
  text: null,
  html({ tests }) {
    const test = tests.find((one) => one.model === model)
    if (test === undefined) return html`–`
    const { relative, corrected, wins, runs } = test
    const className = isSignificant(corrected) ? 'best' : undefined
    const p = canBeSignificant ? html`<br><small class="faint">p ${pText(corrected)}</small>` : null
    return {
      html: html`${signedPercent(relative)} <small class="faint">${wins}/${runs}</small>${p}`,
      className,
    }
  },
})

/** A row a set, a column a model: change of the mean error, and p over runs. */
function runsTable(tests: readonly RunsTest[], { settings }: PaperReport): Html {
  const shown = settings.models.filter((model) => tests.some((test) => test.model === model))
  const sets = settings.sets.filter((set) => tests.some((test) => test.set === set))
  const canBeSignificant = isSignificant(leastCorrected(settings.runs, tests.length))
  const p = canBeSignificant
    ? ` Under it p of the exact sign-flip test, two-sided, corrected for all ${counted(tests.length, 'comparison')} by Holm’s method; bold: below ${significance}.`
    : ' No p: with so few runs none can be significant.'
  return htmlTableOf<SetRow>({
    caption: html`Change of the mean test error against AE, and in how many of the ${counted(settings.runs, 'paired run')} the error is lower.${p}`,
    label: 'Models against AE on each set',
    columns: [
      { head: '', text: ({ set }) => set },
      ...shown.map((model) => ofModel(model, canBeSignificant)),
    ],
    groups: [{ rows: sets.map((set) => ({ set, tests: tests.filter((test) => test.set === set) })) }],
  })
}

const rankingFigure = (ranking: Ranking): Html => {
  const names = listed(ranking.sets)
  return figure(
    html`<div style="max-width:36rem">${rankingChart(ranking)}</div>`,
    `Mean ranks of ${counted(ranking.ranked.length, 'model')} over ${counted(ranking.sets.length, 'set')} (${names}), 1 for the lowest mean test error of a set. Friedman’s test of no difference at all: p ${pText(ranking.p)}. A bar joins models whose mean ranks are closer than the critical difference of the Nemenyi test at 0.05: these data do not tell them apart (Demšar 2006).`,
  )
}

const sentence = (words: string): string => `${words[0].toUpperCase()}${words.slice(1)}.`

/** What of the table is more than chance: tests over runs and over sets, and a ranking. */
export function testsSection(report: PaperReport): Html {
  const tests = runsTests(report)
  const rankings = rankingsOf(report)
  const overRuns = runsVerdict(report)
  const overSets = setsVerdict(report)
  if (overRuns === null || overSets === null) {
    return html`<p>No model can be compared with AE: it, or all others, have no result.</p>${rankings.map(rankingFigure)}`
  }
  const table = setsTable(report)
  const ranked =
    rankings.length === 0 ? html`<p>A ranking needs two sets or more.</p>` : rankings.map(rankingFigure)
  return html`<p>How likely are differences as large as these where a model is no better or worse than AE? Runs of the same number start from the same weights and the same held-out part, so that they are compared in pairs. <b>Over runs, set by set:</b> ${sentence(overRuns)} <b>Over sets:</b> ${sentence(overSets)}</p>
<div class="beside"><div>${table && html`${htmlTableOf(table)}<p></p>`}${runsTable(tests, report)}</div><div>${ranked}</div></div>`
}

interface TestLine {
  readonly set: string | null
  readonly model: ModelName
  readonly change: number
  readonly pairs: number
  readonly lower: number
  readonly p: number | null
  readonly corrected: number | null
}

/** All tests as a file; those over sets have no set. */
export const testsFile = (report: PaperReport): Download =>
  rowsFile<TestLine>(
    'tests.csv',
    [
      ...runsTests(report).map(({ set, model, relative, runs, wins, signFlip, corrected }) => ({
        ...{ set, model, change: relative, pairs: runs, lower: wins, p: signFlip, corrected },
      })),
      ...setsTests(report).map(({ sets, ...rest }) => ({ ...rest, set: null, pairs: sets })),
    ],
    {
      set: ({ set }) => set,
      model: ({ model }) => model,
      test: ({ set }) => (set === null ? 'wilcoxon' : 'sign flip'),
      change_to_ae: ({ change }) => change,
      pairs: ({ pairs }) => pairs,
      lower: ({ lower }) => lower,
      p: ({ p }) => p,
      p_corrected: ({ corrected }) => corrected,
    },
  )
