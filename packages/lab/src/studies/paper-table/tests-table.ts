import { modelColour, models } from '../../objectives.ts'
import { type Column, nameHtml } from '../../report/column.ts'
import { html } from '../../report/html.ts'
import type { SettingLine } from '../../report/settings-table.ts'
import type { Table } from '../../report/table.ts'
import { counted, listed, pText, signedPercent } from '../../text/number.ts'
import { leastP } from '../../text/paired-tests.ts'
import { type Ranking, rankingsOf, tiedGroups } from './ranking.ts'
import type { PaperReport } from './report.ts'
import {
  fewestPairs,
  isSignificant,
  leastCorrected,
  runsTests,
  type SetsTest,
  setsTests,
  significance,
} from './significance.ts'

/** Why no p over so few runs, or sets, can be significant; `null` where one can. */
function tooFew(pairs: number, comparisons: number, noun: string): string | null {
  const corrected = leastCorrected(pairs, comparisons)
  if (corrected < significance) return null
  const least = leastP(pairs)
  const after = corrected === least ? '' : ` (${pText(corrected)} corrected for ${comparisons} comparisons)`
  const [alone, together] = [fewestPairs(1), fewestPairs(comparisons)]
  const needed =
    pairs < alone && together > alone
      ? `${alone} ${noun}s for one comparison, ${together} for ${comparisons}`
      : `${together} ${noun}s`
  return `${counted(pairs, noun)} cannot give p below ${pText(least)}${after}, so none can be significant at ${significance}; that takes ${needed}`
}

/** What the tests over the runs of a set come to, in a sentence or two; `null` where nothing was compared with AE. */
export function runsVerdict(report: PaperReport): string | null {
  const tests = runsTests(report)
  if (tests.length === 0) return null
  const few = tooFew(report.settings.runs, tests.length, 'run')
  const found = tests.filter(({ corrected }) => isSignificant(corrected)).length
  return few ?? `${found} of ${counted(tests.length, 'comparison')} significant at ${significance}`
}

/** The same of the tests over sets. */
export function setsVerdict(report: PaperReport): string | null {
  const tests = setsTests(report)
  if (tests.length === 0) return null
  const most = Math.max(...tests.map(({ sets }) => sets))
  const found = tests
    .filter(({ corrected }) => isSignificant(corrected))
    .map(({ model }) => models[model].title)
  const told =
    found.length === 0 ? 'no model differs' : `${listed(found)} ${found.length === 1 ? 'differs' : 'differ'}`
  return tooFew(most, tests.length, 'set') ?? `${told} from ${models.ae.title} at ${significance}`
}

const nameColumn: Column<SetsTest> = {
  head: '',
  text: ({ model }) => models[model].title,
  html: ({ model }) =>
    html`<span style="white-space:nowrap">${nameHtml(models[model].title, { colour: modelColour(model) })}</span>`,
}

/** Every model against AE over sets; `null` for fewer than two sets, and where nothing was compared. */
export function setsTable(report: PaperReport): Table<SetsTest> | null {
  const rows = setsTests(report)
  if (rows.every(({ sets }) => sets < 2)) return null
  return {
    caption: html`Every model against AE over sets: on how many its mean test error is the lower one, by how much it changes on average, and p of Wilcoxon’s exact signed-rank test of these changes, two-sided; the last column is corrected for the ${counted(rows.length, 'model')} by Holm’s method.`,
    label: 'Models against AE over sets',
    columns: [
      nameColumn,
      { head: 'lower on', text: ({ lower, sets }) => `${lower} of ${counted(sets, 'set')}` },
      { head: 'change', text: ({ change }) => signedPercent(change) },
      { head: 'p', text: ({ p }) => pText(p) },
      { head: 'corrected', text: ({ corrected }) => pText(corrected) },
    ],
    groups: [{ rows }],
  }
}

const titles = (ranked: Ranking['ranked']): string[] => ranked.map(({ model }) => models[model].title)

/** `AE 2.10, denoising 1.30; Friedman p 0.012; critical difference 1.25: AE and denoising are not told apart`. */
export function rankingText(ranking: Ranking): string {
  const { ranked, p, criticalDifference } = ranking
  const ranks = ranked.map(({ model, rank }) => `${models[model].title} ${rank.toFixed(2)}`).join(', ')
  const tied = tiedGroups(ranking).map(([from, to]) => listed(titles(ranked.slice(from, to + 1))))
  const isOneGroup = tiedGroups(ranking).some(([from, to]) => from === 0 && to === ranked.length - 1)
  const apart =
    tied.length === 0
      ? 'all are told apart'
      : isOneGroup
        ? 'no two are told apart'
        : `not told apart: ${tied.join('; ')}`
  const nemenyi =
    criticalDifference === null ? '' : `; critical difference ${criticalDifference.toFixed(2)}, ${apart}`
  return `mean ranks over ${counted(ranking.sets.length, 'set')} ${ranks}; Friedman p ${pText(p)}${nemenyi}`
}

/** What the terminal and `table.md` say of the tests, a line a subject. */
export function testNotes(report: PaperReport): SettingLine[] {
  const [runs, sets] = [runsVerdict(report), setsVerdict(report)]
  if (runs === null || sets === null) return []
  return [
    ['tests, runs', `exact sign-flip test against AE on each set: ${runs}`],
    ['tests, sets', `Wilcoxon’s signed-rank test against AE: ${sets}`],
    ...rankingsOf(report).map((ranking): SettingLine => ['ranking', rankingText(ranking)]),
  ]
}
