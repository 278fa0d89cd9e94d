import { underName } from '../../report/figure.ts'
import { type Html, html } from '../../report/html.ts'
import { type LegendEntry, legend } from '../../report/legend.ts'
import { modelColours } from '../../report/palette.ts'
import { type ReconstructionColumn, reconstructionFigure } from '../../report/reconstructions.ts'
import { models } from './models.ts'
import { cellOf, type ReproduceReport } from './report.ts'

const columnsOf = (report: ReproduceReport, set: string): ReconstructionColumn[] =>
  report.settings.models.flatMap((model) => {
    const showcase = cellOf(report, set, model).outcomes[0]?.showcase
    const { title } = models[model]
    return showcase ? [{ title, colour: modelColours[model], reconstructions: showcase.reconstructions }] : []
  })

function setHtml(report: ReproduceReport, set: string): Html {
  const yardsticks = report.yardsticks[set]
  const columns = columnsOf(report, set)
  const shown =
    !yardsticks || columns.length === 0
      ? html`<p>Nothing to show: ${yardsticks ? 'no run finished' : 'the originals could not be read'}.</p>`
      : reconstructionFigure(set, yardsticks, columns, {
          at: 'the chosen λ or σ',
          test: report.sizes[set].test,
        })
  return underName(set, shown)
}

/** What the models make of test samples. */
export function reconstructionsHtml(report: ReproduceReport): Html {
  const { settings, yardsticks } = report
  const hasSeries = settings.sets.some((set) => yardsticks[set]?.image === null)
  const signs = legend([
    { sign: { shape: 'line', width: 1.2 }, text: 'original' },
    ...settings.models.map(
      (model): LegendEntry => ({
        sign: { shape: 'line', colour: modelColours[model], width: 2.4 },
        text: models[model].title,
      }),
    ),
  ])
  return html`${hasSeries ? signs : null}${settings.sets.map((set) => setHtml(report, set))}`
}
