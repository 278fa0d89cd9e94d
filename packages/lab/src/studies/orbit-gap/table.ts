import { aside, type Column, colourKey } from '../../report/column.ts'
import { html } from '../../report/html.ts'
import type { RowGroup, Table } from '../../report/table.ts'
import { counted, twoDigits } from '../../text/number.ts'
import { generatorTitles } from './cases.ts'
import { orbits } from './orbits.ts'
import { generatorColours } from './pictures/picture-kind.ts'
import { helpedBelow, type OrbitGapReport, type OrbitGapRow } from './report.ts'

const columns: readonly Column<OrbitGapRow>[] = [
  { head: 'case', text: ({ case: { orbit } }) => orbit, html: null, csv: { case: (row) => row.case.orbit } },
  { head: 'AE', text: ({ plain }) => twoDigits(plain), html: null },
  {
    head: 'generators, λ',
    headHtml: html``,
    left: true,
    text: ({ case: { generators, weight } }) => `${generatorTitles[generators]}, ${weight}`,
    html: ({ case: { generators, weight } }) =>
      html`<span style="white-space:nowrap">${colourKey(generatorColours[generators])}${generatorTitles[generators]}</span> ${aside(`λ ${weight}`)}`,
    csv: {
      generators: (row) => row.case.generators,
      lambda: (row) => row.case.weight,
      seeds: ({ seeds }) => seeds,
      plain: ({ plain }) => plain,
    },
  },
  {
    head: 'Lie 1st',
    headHtml: html`gap distance`,
    text: ({ regularized }) => twoDigits(regularized),
    csv: { regularized: ({ regularized }) => regularized },
  },
  {
    head: 'ratio',
    className: 'best',
    text: ({ medianRatio }) => twoDigits(medianRatio),
    csv: { medianRatio: ({ medianRatio }) => medianRatio },
  },
  {
    head: 'check',
    text: ({ case: { pytorchRatio } }) => twoDigits(pytorchRatio),
    csv: { pytorchRatio: (row) => row.case.pytorchRatio },
  },
  {
    head: `< ${helpedBelow}`,
    headHtml: html`&lt;\u00a0${helpedBelow}`,
    text: ({ helped, seeds }) => `${helped}/${seeds}`,
    csv: { helped: ({ helped }) => helped },
  },
  {
    head: 'aligned',
    text: ({ aligned, seeds }) => (aligned === null ? 'fixed' : `${aligned}/${seeds}`),
    html: ({ aligned, alignment, seeds }) =>
      alignment === null ? html`fixed` : html`${aligned}/${seeds} ${aside(alignment.toFixed(3))}`,
    csv: { aligned: ({ aligned }) => aligned, alignment: ({ alignment }) => alignment },
  },
]

const tableOf = (report: OrbitGapReport, groups: readonly RowGroup<OrbitGapRow>[]): Table<OrbitGapRow> => ({
  caption: html`Medians over ${counted(report.settings.seeds, 'seed')}.`,
  label: 'Gap distances of all cases',
  columns,
  groups,
})

/** A row a case, for a terminal and a file. */
export const plainRows = (report: OrbitGapReport): Table<OrbitGapRow> =>
  tableOf(report, [{ rows: report.rows }])

/** A group an orbit, for a page. */
export const groupedRows = (report: OrbitGapReport): Table<OrbitGapRow> =>
  tableOf(
    report,
    report.settings.cases.map((name) => {
      const rows = report.rows.filter((row) => row.case.orbit === name)
      return { title: orbits[name].title, note: `plain autoencoder ${twoDigits(rows[0].plain)}`, rows }
    }),
  )
