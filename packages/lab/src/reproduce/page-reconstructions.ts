import type { ImageShape } from '@facet/data'
import * as Plot from '@observablehq/plot'
import { figure, legend, type Panel, panels } from '../report/figure.ts'
import { escapeHtml } from '../report/html.ts'
import { modelColours, pageColour } from '../report/palette.ts'
import { svgOf } from '../report/plot.ts'
import { hundredths } from '../text/number.ts'
import { mean } from '../text/statistics.ts'
import { type ModelName, models } from './models.ts'
import { pixelsHtml } from './pixels.ts'
import { cellOf, type ReproduceReport } from './report.ts'
import type { Yardsticks } from './yardsticks.ts'

type Sample = readonly number[]

/** A model and its reconstructions of the samples shown. */
interface Column {
  readonly model: ModelName
  readonly reconstructions: readonly Sample[]
}

const squaredError = (a: Sample, b: Sample): number => mean(a.map((value, i) => (value - b[i]) ** 2))

const columnsOf = (report: ReproduceReport, set: string): Column[] =>
  report.settings.models.flatMap((model) => {
    const showcase = cellOf(report, set, model).outcomes[0]?.showcase
    return showcase ? [{ model, reconstructions: showcase.reconstructions }] : []
  })

function seriesPanel(
  name: string,
  original: Sample,
  reconstruction: Sample,
  model: ModelName,
  domain: [number, number],
): Panel {
  const { title } = models[model]
  const error = hundredths(squaredError(original, reconstruction))
  const options = { x: (_: number, t: number) => t, y: (v: number) => v }
  const svg = svgOf({
    ariaLabel: `${name} and its reconstruction by ${title}: squared error × 100 ${error}`,
    width: 220,
    height: 84,
    margin: 3,
    x: { axis: null },
    y: { axis: null, domain },
    marks: [
      Plot.lineY(original, { ...options, stroke: pageColour('faint'), strokeWidth: 1, strokeOpacity: 0.75 }),
      Plot.lineY(reconstruction, { ...options, stroke: modelColours[model], strokeWidth: 1.7 }),
    ],
  })
  return { title, colour: modelColours[model], note: error, svg }
}

function seriesHtml(
  set: string,
  { originals, originalRows }: Yardsticks,
  columns: readonly Column[],
): string {
  return originals
    .map((original, i) => {
      const name = `test series ${originalRows[i] + 1}`
      const values = [...original, ...columns.flatMap(({ reconstructions }) => reconstructions[i])]
      const domain: [number, number] = [Math.min(...values), Math.max(...values)]
      const all = columns.map(({ model, reconstructions }) =>
        seriesPanel(`${set}, ${name}`, original, reconstructions[i], model, domain),
      )
      return `<h4>${escapeHtml(name[0].toUpperCase() + name.slice(1))}</h4>${panels(all)}`
    })
    .join('\n')
}

const captionOf = (set: string, test: number): string =>
  `${escapeHtml(set)}, run 1, at the chosen λ or σ: six samples at even distances in the test part of ${test}, not picked by anyone. The number is the squared error of the sample × 100.`

function imagesHtml(
  set: string,
  { originals, originalRows }: Yardsticks,
  columns: readonly Column[],
  image: ImageShape,
): string {
  const row = (title: string, samples: readonly Sample[], colour?: string) => {
    const key = colour === undefined ? '' : `<span class="key" style="background:${colour}"></span>`
    const cells = samples.map((sample, i) => {
      const label = `${set}, test image ${originalRows[i] + 1}, ${title}`
      const error =
        colour === undefined
          ? ''
          : `<small class="faint">${hundredths(squaredError(originals[i], sample))}</small>`
      return `<td>${pixelsHtml(sample, image, label)}${error}</td>`
    })
    return `<tr><th scope="row">${key}${escapeHtml(title)}</th>${cells.join('')}</tr>`
  }
  const rows = [
    row('original', originals),
    ...columns.map(({ model, reconstructions }) =>
      row(models[model].title, reconstructions, modelColours[model]),
    ),
  ]
  return `<table class="images"><thead><tr><th scope="col">test image</th>${originalRows.map((r) => `<th scope="col">${r + 1}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`
}

function setHtml(report: ReproduceReport, set: string): string {
  const yardsticks = report.yardsticks[set]
  const columns = columnsOf(report, set)
  if (!yardsticks || columns.length === 0) {
    return `<h3>${escapeHtml(set)}</h3><p>Nothing to show: ${yardsticks ? 'no run finished' : 'the originals could not be read'}.</p>`
  }
  const { image } = yardsticks
  const pictures =
    image === null ? seriesHtml(set, yardsticks, columns) : imagesHtml(set, yardsticks, columns, image)
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
