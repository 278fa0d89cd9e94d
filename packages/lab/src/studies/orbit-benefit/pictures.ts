import * as Plot from '@observablehq/plot'
import { modelColour, models, valueText } from '../../objectives.ts'
import { figure, type Panel, panels, underName } from '../../report/figure.ts'
import { colourScale, heatMap } from '../../report/heat-map.ts'
import { type Html, html } from '../../report/html.ts'
import { imageTable } from '../../report/image-table.ts'
import { legend, type Sign } from '../../report/legend.ts'
import { pageColour } from '../../report/palette.ts'
import { svgOf } from '../../report/plot.ts'
import { reconstructionFigure } from '../../report/reconstructions.ts'
import { cellOf } from '../../study/grid-report.ts'
import { type Reconstructions, reconstructionColumns } from '../../study/sections/reconstructions.ts'
import { percent } from '../../text/number.ts'
import { extent } from '../../text/statistics.ts'
import type { Showcase } from './outcome.ts'
import { type BenefitReport, explainedFraction, showcaseOf } from './report.ts'
import { shownModels } from './run.ts'
import { protocol } from './settings.ts'

const orbitColour = modelColour('lieGroupOrbit')

const line = (sample: readonly number[], stroke: string, strokeWidth: number, strokeOpacity = 1) =>
  Plot.lineY(sample, { x: (_, t: number) => t, y: (v: number) => v, stroke, strokeWidth, strokeOpacity })

function movedSeries(set: string, { movedFrom, moved }: Showcase): Html {
  const all = movedFrom.map((original, i): Panel => {
    const values = [original, ...moved[i]].flat()
    const svg = svgOf({
      ariaLabel: `${set}, training series ${i + 1} shown, with ${moved[i].length} samples of its orbit`,
      width: 340,
      height: 150,
      margin: 3,
      x: { axis: null },
      y: { axis: null, domain: extent(values) },
      marks: [
        ...moved[i].map((sample) => line(sample, orbitColour, 1.2, 0.65)),
        line(original, pageColour('ink'), 1.6),
      ],
    })
    return { title: `Sample ${i + 1}`, svg }
  })
  return panels(all, 3, 14)
}

function movedImages(set: string, { movedFrom, moved, image }: Showcase): Html {
  const rows = movedFrom.map((original, i) => ({
    name: `sample ${i + 1}`,
    images: [
      { sample: original, label: `${set}, training image ${i + 1} shown` },
      ...moved[i].map((sample, k) => ({
        sample,
        label: `${set}, sample ${k + 1} of the orbit of image ${i + 1}`,
      })),
    ],
  }))
  return imageTable(['', 'x', ...moved[0].map(() => html`x<sub>ε</sub>`)], rows, image!)
}

/** What the shown models of run 1 make of the test samples that are shown, at the values chosen. */
const reconstructionsOf = (report: BenefitReport): Reconstructions => ({
  originals: (set) => showcaseOf(report, set),
  of: (set, model) => cellOf(report, set, model)?.outcomes[0]?.reconstructions,
})

function setHtml(report: BenefitReport, set: string): Html {
  const shown = showcaseOf(report, set)
  if (!shown) return underName(set, html`<p>Nothing to show: run 1 failed.</p>`)
  const moved = figure(
    (shown.image === null ? movedSeries : movedImages)(set, shown),
    html`${set}: training samples x and what orbit is shown beside them, x<sub>ε</sub>, drawn at s = ${protocol.shownScale} of ${shown.bank}.`,
  )
  const columns = reconstructionColumns(shownModels, set, reconstructionsOf(report), (model) =>
    `${models[model].title} ${valueText(model, cellOf(report, set, model)!.chosen)}`.trim(),
  )
  const { test } = report.sizes[set]
  const reconstructed =
    columns.length === 0 ? null : reconstructionFigure(set, shown, columns, { at: 'the chosen values', test })
  return underName(set, [moved, reconstructed])
}

const sign = (width: number, colour?: string): Sign => ({ shape: 'line', width, colour })

/** Samples on orbits, and what AE and the models that move samples make of test samples. */
export function picturesSection(report: BenefitReport): Html {
  const signs = legend([
    { sign: sign(1.6), text: 'original' },
    { sign: sign(1.6, orbitColour), text: 'on its orbit, or reconstructed by orbit' },
    ...shownModels.flatMap((model) =>
      model === 'lieGroupOrbit' || !report.settings.models.includes(model)
        ? []
        : { sign: sign(2.4, modelColour(model)), text: `reconstructed by ${models[model].title}` },
    ),
  ])
  const hasSeries = report.settings.sets.some((set) => showcaseOf(report, set)?.image === null)
  return html`${hasSeries ? signs : null}${report.settings.sets.map((set) => setHtml(report, set))}`
}

/** Three stand side by side on a desktop, one fills a phone: 381 and 358 pixels each. */
const mapWidth = 360

function covariancePanel(report: BenefitReport, set: string): Panel[] {
  const shown = showcaseOf(report, set)
  if (!shown) return []
  const { covariance, bank } = shown
  const largest = covariance.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const explained = explainedFraction(report, set)
  const label = `Covariance of ε on ${set}, ${covariance.length} generators of ${bank}: from ${(-largest).toPrecision(3)} to ${largest.toPrecision(3)}`
  const map = heatMap({
    ariaLabel: label,
    values: covariance,
    largest,
    signed: true,
    x: 'generator',
    y: 'generator',
    width: mapWidth,
    square: true,
  })
  const colours = colourScale({ ariaLabel: `Colours of ${set}`, largest, signed: true, width: mapWidth })
  return [
    {
      title: set,
      note: explained === null ? bank : `${bank}, explains ${percent(explained)}`,
      svg: html`${map}${colours}`,
    },
  ]
}

/** What the data say of the generators: how far and which together. */
export function covarianceSection(report: BenefitReport): Html {
  const all = report.settings.sets.flatMap((set) => covariancePanel(report, set))
  if (all.length === 0) return html`<p>Nothing to show: run 1 failed on every set.</p>`
  return html`<p>For each training sample and its ${protocol.neighbours} nearest neighbours the ε that carry one nearest to the other are found in closed form; their covariance is what random elements of the group are drawn from. What the generators do not explain of the neighbours' differences no ε can make.</p>${figure(
    panels(all, 3, 14),
    'Covariance of ε in units of the prior scales, run 1. Generators of series count bump by bump along time, part after part (W, A, T); of images the six affine fields come first, then local ones. Each map has a scale of its own, even to both sides of 0.',
  )}`
}
