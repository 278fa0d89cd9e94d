import { aside, type Column, nameHtml } from '../../report/column.ts'
import { failureList } from '../../report/failures.ts'
import { type Html, html } from '../../report/html.ts'
import { htmlTableOf } from '../../report/table.ts'
import { counted, twoDigits } from '../../text/number.ts'
import { caseTexts } from './case-texts.ts'
import { generatorTitles } from './cases.ts'
import { generatorColours } from './pictures/shown-model.ts'
import type { OrbitReport } from './render.ts'
import { alignedAbove, helpedBelow, type OrbitRow } from './summarise.ts'

const alignedText = ({ aligned, seeds }: OrbitRow): string =>
  aligned === null ? 'fixed' : `${aligned}/${seeds}`

const columns: readonly Column<OrbitRow>[] = [
  {
    head: '',
    text: null,
    html: ({ case: { generators, weight } }) =>
      html`<span style="white-space:nowrap">${nameHtml(generatorTitles[generators], { colour: generatorColours[generators] })}</span> ${aside(`λ ${weight}`)}`,
  },
  { head: 'gap distance', text: ({ regularized }) => twoDigits(regularized) },
  { head: 'ratio', className: 'best', text: ({ medianRatio }) => twoDigits(medianRatio) },
  { head: 'check', text: ({ case: { pytorchRatio } }) => twoDigits(pytorchRatio) },
  { head: `<\u00a0${helpedBelow}`, text: ({ helped, seeds }) => `${helped}/${seeds}` },
  {
    head: 'aligned',
    text: alignedText,
    html: (row) =>
      row.alignment === null
        ? html`${alignedText(row)}`
        : html`${alignedText(row)} ${aside(row.alignment.toFixed(3))}`,
  },
]

/** The table of the command, a group a case. */
export function tableHtml(report: OrbitReport): Html {
  const { settings, rows, failures } = report
  const table = htmlTableOf<OrbitRow>({
    caption: html`Medians over ${counted(settings.seeds, 'seed')}.`,
    label: 'Gap distances of all cases',
    columns,
    groups: settings.cases.map((name) => {
      const ofCase = rows.filter((row) => row.case.orbit === name)
      return {
        title: caseTexts[name].title,
        note: `plain autoencoder ${twoDigits(ofCase[0].plain)}`,
        rows: ofCase,
      }
    }),
  })
  const notes = html`<p class="note" style="margin-top:.8rem">Gap distance: mean over the gap’s points of the distance to what the model learned. Ratio: to the plain autoencoder of the same seed; check: the same from an independent PyTorch implementation, 20 seeds (of the torus the ratio of its distances). &lt; ${helpedBelow}: seeds with such a ratio. Aligned: seeds in which the learned generators span the true ones’ fields by more than ${alignedAbove}, and the median of that share.</p>`
  return html`${table}${notes}${failureList(failures)}`
}
