import { figure, legend } from '../../report/figure.ts'
import { escapeHtml } from '../../report/html.ts'
import { modelColours } from '../../report/palette.ts'
import { type ReconstructionColumn, reconstructionsOf } from '../../report/reconstructions.ts'
import { models } from './models.ts'
import { cellOf, type ReproduceReport } from './report.ts'

const columnsOf = (report: ReproduceReport, set: string): ReconstructionColumn[] =>
  report.settings.models.flatMap((model) => {
    const showcase = cellOf(report, set, model).outcomes[0]?.showcase
    const { title } = models[model]
    return showcase ? [{ title, colour: modelColours[model], reconstructions: showcase.reconstructions }] : []
  })

const captionOf = (set: string, test: number): string =>
  `${escapeHtml(set)}, run 1, at the chosen λ or σ: six samples at even distances in the test part of ${test}, not picked by anyone. The number is the squared error of the sample × 100.`

function setHtml(report: ReproduceReport, set: string): string {
  const yardsticks = report.yardsticks[set]
  const columns = columnsOf(report, set)
  if (!yardsticks || columns.length === 0) {
    return `<h3>${escapeHtml(set)}</h3><p>Nothing to show: ${yardsticks ? 'no run finished' : 'the originals could not be read'}.</p>`
  }
  const pictures = reconstructionsOf(set, yardsticks, columns)
  return `<h3>${escapeHtml(set)}</h3>${figure(pictures, captionOf(set, report.sizes[set].test))}`
}

/** What the models make of test samples. */
export function reconstructionsHtml(report: ReproduceReport): string {
  const { settings, yardsticks } = report
  const hasSeries = settings.sets.some((set) => yardsticks[set]?.image === null)
  const signs = hasSeries
    ? legend([
        {
          sign: '<line x1="0" x2="32" y1="8" y2="8" stroke="currentColor" stroke-width="1.2"/>',
          text: 'original',
        },
        ...settings.models.map((model) => ({
          sign: `<line x1="0" x2="32" y1="8" y2="8" stroke="${modelColours[model]}" stroke-width="2.4"/>`,
          text: models[model].title,
        })),
      ])
    : ''
  return `${signs}${settings.sets.map((set) => setHtml(report, set)).join('\n')}`
}
