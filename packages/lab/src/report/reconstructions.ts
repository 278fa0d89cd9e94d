import type { ImageShape } from '@facet/data'
import * as Plot from '@observablehq/plot'
import { hundredths } from '../text/number.ts'
import { extent, mean } from '../text/statistics.ts'
import { nameHtml } from './column.ts'
import { figure, type Panel, panels } from './figure.ts'
import { type Content, type Html, html } from './html.ts'
import { type ImageRow, imageTable } from './image-table.ts'
import { pageColour } from './palette.ts'
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

const panelWidth = 220

/**
 * Points of a line for a panel: of a series of more samples than that is wide, the smallest and the largest of every three pixels at their
 * places. What is drawn looks the same, and a series of 1,092 samples takes a fifth of the bytes.
 */
function drawnPoints(series: Sample): { readonly t: number; readonly value: number }[] {
  const points = series.map((value, t) => ({ t, value }))
  if (series.length <= panelWidth) return points
  const parts = Math.floor(panelWidth / 3)
  return Array.from({ length: parts }, (_, i) =>
    points.slice(Math.floor((i * series.length) / parts), Math.floor(((i + 1) * series.length) / parts)),
  ).flatMap((part) => {
    const ends = [
      part.reduce((a, b) => (b.value < a.value ? b : a)),
      part.reduce((a, b) => (b.value > a.value ? b : a)),
    ]
    return [...new Set(ends)].sort((a, b) => a.t - b.t)
  })
}

function seriesPanel(
  name: string,
  original: Sample,
  reconstruction: Sample,
  { title, colour }: ReconstructionColumn,
  domain: [number, number],
): Panel {
  const error = hundredths(squaredError(original, reconstruction))
  const options = { x: 't', y: 'value' }
  const svg = svgOf({
    ariaLabel: `${name} and its reconstruction by ${title}: squared error × 100 ${error}`,
    width: panelWidth,
    height: 84,
    margin: 3,
    x: { axis: null, domain: [0, original.length - 1] },
    y: { axis: null, domain },
    marks: [
      Plot.lineY(drawnPoints(original), {
        ...options,
        stroke: pageColour('faint'),
        strokeWidth: 1,
        strokeOpacity: 0.75,
      }),
      Plot.lineY(drawnPoints(reconstruction), { ...options, stroke: colour, strokeWidth: 1.7 }),
    ],
  })
  return { title, colour, note: error, svg }
}

function seriesHtml(
  set: string,
  { originals, originalRows }: ShownOriginals,
  columns: readonly ReconstructionColumn[],
): readonly Html[] {
  return originals.map((original, i) => {
    const name = `test series ${originalRows[i] + 1}`
    const values = [...original, ...columns.flatMap(({ reconstructions }) => reconstructions[i])]
    const domain = extent(values)
    const all = columns.map((column) =>
      seriesPanel(`${set}, ${name}`, original, column.reconstructions[i], column, domain),
    )
    return html`<h4>${name[0].toUpperCase() + name.slice(1)}</h4>${panels(all)}\n`
  })
}

function imagesHtml(
  set: string,
  { originals, originalRows }: ShownOriginals,
  columns: readonly ReconstructionColumn[],
  image: ImageShape,
): Html {
  const row = (title: string, samples: readonly Sample[], colour: string | null = null): ImageRow => ({
    name: nameHtml(title, { colour }),
    images: samples.map((sample, i) => ({
      sample,
      label: `${set}, test image ${originalRows[i] + 1}, ${title}`,
      note: colour === null ? null : hundredths(squaredError(originals[i], sample)),
    })),
  })
  return imageTable(
    ['test image', ...originalRows.map((r) => html`${r + 1}`)],
    [
      row('original', originals),
      ...columns.map(({ title, colour, reconstructions }) => row(title, reconstructions, colour)),
    ],
    image,
  )
}

/** What models make of test samples: lines over their originals, or images under them. */
const reconstructionsOf = (
  set: string,
  shown: ShownOriginals,
  columns: readonly ReconstructionColumn[],
): Content =>
  shown.image === null ? seriesHtml(set, shown, columns) : imagesHtml(set, shown, columns, shown.image)

/**
 * A figure of what models make of test samples: lines over their originals, or images under them.
 *
 * @param at how the shown values were chosen: `the chosen λ or σ`.
 * @param test how many samples the test part has.
 */
export const reconstructionFigure = (
  set: string,
  shown: ShownOriginals,
  columns: readonly ReconstructionColumn[],
  { at, test }: { readonly at: string; readonly test: number },
): Html =>
  figure(
    reconstructionsOf(set, shown, columns),
    `${set}, run 1, at ${at}: six samples at even distances in the test part of ${test}, not picked by anyone. The number is the squared error of the sample × 100.`,
  )
