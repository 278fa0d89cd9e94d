import { escapeHtml } from '../../report/html.ts'
import { type HtmlCell, type HtmlRow, htmlTable } from '../../report/html-table.ts'
import { counted } from '../../text/number.ts'
import { caseTexts } from './case-texts.ts'
import { generatorTitles } from './cases.ts'
import { generatorColours } from './pictures/shown-model.ts'
import type { OrbitReport } from './render.ts'
import { alignedAbove, helpedBelow, type OrbitRow } from './summarise.ts'
import { twoDigits } from './two-digits.ts'

/** How many seeds are aligned and the median alignment, of learned generators. */
const alignedCell = ({ aligned, alignment, seeds }: OrbitRow): HtmlCell =>
  aligned === null || alignment === null
    ? 'fixed'
    : { html: `${aligned}/${seeds} <small class="faint">${alignment.toFixed(3)}</small>` }

const rowOf = (row: OrbitRow): HtmlRow => {
  const { generators, weight, pytorchRatio } = row.case
  const title = escapeHtml(generatorTitles[generators])
  return {
    cells: [
      {
        html: `<span style="white-space:nowrap"><span class="key" style="background:${generatorColours[generators]}"></span>${title}</span> <small class="faint">λ&nbsp;${weight}</small>`,
      },
      twoDigits(row.regularized),
      { html: twoDigits(row.medianRatio), className: 'best' },
      twoDigits(pytorchRatio),
      `${row.helped}/${row.seeds}`,
      alignedCell(row),
    ],
  }
}

/** The table of the command, a group a case. */
export function tableHtml(report: OrbitReport): string {
  const { settings, rows, failures } = report
  const table = htmlTable(
    {
      caption: `Medians over ${counted(settings.seeds, 'seed')}.`,
      head: ['', 'gap distance', 'ratio', 'check', `<\u00a0${helpedBelow}`, 'aligned'],
      groups: settings.cases.map((name) => {
        const ofCase = rows.filter((row) => row.case.orbit === name)
        return {
          title: caseTexts[name].title,
          note: `plain autoencoder ${twoDigits(ofCase[0].plain)}`,
          rows: ofCase.map(rowOf),
        }
      }),
    },
    'Gap distances of all cases',
  )
  const failed =
    failures.length === 0
      ? ''
      : `<h3>${counted(failures.length, 'failure')}</h3><ul>${failures.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`
  const notes = `<p class="note" style="margin-top:.8rem">Gap distance: mean over the gap’s points of the distance to what the model learned. Ratio: to the plain autoencoder of the same seed; check: the same from an independent PyTorch implementation, 20 seeds (of the torus the ratio of its distances). &lt; ${helpedBelow}: seeds with such a ratio. Aligned: seeds in which the learned generators span the true ones’ fields by more than ${alignedAbove}, and the median of that share.</p>`
  return table + notes + failed
}
