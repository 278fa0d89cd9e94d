import { aside, type Column, colourKey } from '../../report/column.ts'
import { html } from '../../report/html.ts'
import type { RowGroup, Table } from '../../report/table.ts'
import { counted, twoDigits } from '../../text/number.ts'
import { generatorKinds } from './cases.ts'
import { orbits } from './orbits.ts'
import { helpedBelow, type OrbitGapReport, type OrbitGapRow } from './report.ts'

/** Columns of the file that are called as in a row. */
const asNamed = <
  K extends 'seeds' | 'plain' | 'regularized' | 'medianRatio' | 'helped' | 'aligned' | 'alignment',
>(
  ...names: readonly K[]
) => Object.fromEntries(names.map((name) => [name, (row: OrbitGapRow) => row[name]]))

const columns: readonly Column<OrbitGapRow>[] = [
  { head: 'case', text: (row) => row.case.orbit, html: null, csv: { case: (row) => row.case.orbit } },
  { head: 'AE', text: ({ plain }) => twoDigits(plain), html: null },
  {
    head: 'generators, λ',
    headHtml: html``,
    left: true,
    text: ({ case: { generators, weight } }) => `${generatorKinds[generators].title}, ${weight}`,
    html({ case: { generators, weight } }) {
      const { title, colour } = generatorKinds[generators]
      return html`<span style="white-space:nowrap">${colourKey(colour)}${title}</span> ${aside(`λ ${weight}`)}`
    },
    csv: {
      generators: (row) => row.case.generators,
      lambda: (row) => row.case.weight,
      ...asNamed('seeds', 'plain'),
    },
  },
  {
    head: 'Lie 1st',
    headHtml: html`gap distance`,
    text: ({ regularized }) => twoDigits(regularized),
    csv: asNamed('regularized'),
  },
  {
    head: 'ratio',
    className: 'best',
    text: ({ medianRatio }) => twoDigits(medianRatio),
    csv: asNamed('medianRatio'),
  },
  {
    head: 'check',
    text: (row) => twoDigits(row.case.pytorchRatio),
    csv: { pytorchRatio: (row) => row.case.pytorchRatio },
  },
  {
    head: `< ${helpedBelow}`,
    headHtml: html`&lt;\u00a0${helpedBelow}`,
    text: ({ helped, seeds }) => `${helped}/${seeds}`,
    csv: asNamed('helped'),
  },
  {
    head: 'aligned',
    text: ({ aligned, seeds }) => (aligned === null ? 'fixed' : `${aligned}/${seeds}`),
    html: ({ aligned, alignment, seeds }) =>
      alignment === null ? html`fixed` : html`${aligned}/${seeds} ${aside(alignment.toFixed(3))}`,
    csv: asNamed('aligned', 'alignment'),
  },
]

/** A row a case; a terminal and a file have them in one group, a page in one an orbit. */
export const tableOf = (
  { settings, rows }: OrbitGapReport,
  groups: readonly RowGroup<OrbitGapRow>[] = [{ rows }],
): Table<OrbitGapRow> => ({
  caption: html`Medians over ${counted(settings.seeds, 'seed')}.`,
  label: 'Gap distances of all cases',
  columns,
  groups,
})

export const rowsByOrbit = ({ settings, rows }: OrbitGapReport): RowGroup<OrbitGapRow>[] =>
  settings.cases.map((name) => {
    const ofCase = rows.filter((row) => row.case.orbit === name)
    return {
      title: orbits[name].title,
      note: `plain autoencoder ${twoDigits(ofCase[0].plain)}`,
      rows: ofCase,
    }
  })
