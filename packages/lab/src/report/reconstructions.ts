import type { ImageShape } from '@facet/data'
import * as Plot from '@observablehq/plot'
import { hundredths } from '../text/number.ts'
import { mean } from '../text/statistics.ts'
import { type Panel, panels } from './figure.ts'
import { escapeHtml } from './html.ts'
import { pageColour } from './palette.ts'
import { pixelsHtml } from './pixels.ts'
import { svgOf } from './plot.ts'

type Sample = readonly number[]

/** Samples of a test part, and their rows in it. */
export interface ShownOriginals {
  readonly originals: readonly Sample[]
  readonly originalRows: readonly number[]
  readonly image: ImageShape | null
}

/** A model and its reconstructions of the samples shown. */
export interface ReconstructionColumn {
  readonly title: string
  /** A CSS colour. */
  readonly colour: string
  readonly reconstructions: readonly Sample[]
}

const squaredError = (a: Sample, b: Sample): number => mean(a.map((value, i) => (value - b[i]) ** 2))

function seriesPanel(
  name: string,
  original: Sample,
  reconstruction: Sample,
  { title, colour }: ReconstructionColumn,
  domain: [number, number],
): Panel {
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
      Plot.lineY(reconstruction, { ...options, stroke: colour, strokeWidth: 1.7 }),
    ],
  })
  return { title, colour, note: error, svg }
}

function seriesHtml(
  set: string,
  { originals, originalRows }: ShownOriginals,
  columns: readonly ReconstructionColumn[],
): string {
  return originals
    .map((original, i) => {
      const name = `test series ${originalRows[i] + 1}`
      const values = [...original, ...columns.flatMap(({ reconstructions }) => reconstructions[i])]
      const domain: [number, number] = [Math.min(...values), Math.max(...values)]
      const all = columns.map((column) =>
        seriesPanel(`${set}, ${name}`, original, column.reconstructions[i], column, domain),
      )
      return `<h4>${escapeHtml(name[0].toUpperCase() + name.slice(1))}</h4>${panels(all)}`
    })
    .join('\n')
}

function imagesHtml(
  set: string,
  { originals, originalRows }: ShownOriginals,
  columns: readonly ReconstructionColumn[],
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
    ...columns.map(({ title, colour, reconstructions }) => row(title, reconstructions, colour)),
  ]
  return `<table class="images"><thead><tr><th scope="col">test image</th>${originalRows.map((r) => `<th scope="col">${r + 1}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`
}

/** What models make of test samples: lines over their originals, or images under them. */
export const reconstructionsOf = (
  set: string,
  shown: ShownOriginals,
  columns: readonly ReconstructionColumn[],
): string =>
  shown.image === null ? seriesHtml(set, shown, columns) : imagesHtml(set, shown, columns, shown.image)
