import * as Plot from '@observablehq/plot'
import { figure, legend, type Panel, panels } from '../../report/figure.ts'
import { colourScale, heatMap } from '../../report/heat-map.ts'
import { escapeHtml } from '../../report/html.ts'
import { pageColour } from '../../report/palette.ts'
import { pixelsHtml } from '../../report/pixels.ts'
import { svgOf } from '../../report/plot.ts'
import { type ReconstructionColumn, reconstructionsOf } from '../../report/reconstructions.ts'
import type { StudyRun } from './choice.ts'
import { studyColours } from './colours.ts'
import { studyModels, valueText } from './models.ts'
import { percent } from './numbers.ts'
import { explainedFraction, type OrbitStudyReport, rowOf } from './report.ts'
import { shownModels } from './run.ts'
import { orbitStudyProtocol } from './settings.ts'
import type { StudyShowcase } from './yardsticks.ts'

const showcaseOf = ({ yardsticks }: OrbitStudyReport, set: string): StudyShowcase | undefined =>
  yardsticks[set]?.find(({ showcase }) => showcase !== null)?.showcase ?? undefined

type Sample = readonly number[]

function movedSeries(set: string, { movedFrom, moved }: StudyShowcase): string {
  const all = movedFrom.map((original, i): Panel => {
    const values = [original, ...moved[i]].flat()
    const options = { x: (_: number, t: number) => t, y: (v: number) => v }
    const svg = svgOf({
      ariaLabel: `${set}, training series ${i + 1} shown, with ${moved[i].length} samples of its orbit`,
      width: 340,
      height: 150,
      margin: 3,
      x: { axis: null },
      y: { axis: null, domain: [Math.min(...values), Math.max(...values)] },
      marks: [
        ...moved[i].map((sample) =>
          Plot.lineY(sample, {
            ...options,
            stroke: studyColours.orbit,
            strokeWidth: 1.2,
            strokeOpacity: 0.65,
          }),
        ),
        Plot.lineY(original, { ...options, stroke: pageColour('ink'), strokeWidth: 1.6 }),
      ],
    })
    return { title: `Sample ${i + 1}`, svg }
  })
  return panels(all, 3, 14)
}

function movedImages(set: string, { movedFrom, moved, image }: StudyShowcase): string {
  const cell = (sample: Sample, label: string): string =>
    `<td>${pixelsHtml(sample, image!, `${set}, ${label}`)}</td>`
  const rows = movedFrom.map(
    (original, i) =>
      `<tr><th scope="row">sample ${i + 1}</th>${cell(original, `training image ${i + 1} shown`)}${moved[i].map((sample, k) => cell(sample, `sample ${k + 1} of the orbit of image ${i + 1}`)).join('')}</tr>`,
  )
  const head = ['x', ...moved[0].map(() => 'x<sub>ε</sub>')]
  return `<table class="images"><thead><tr><th></th>${head.map((text) => `<th scope="col">${text}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`
}

function reconstructionColumns(
  report: OrbitStudyReport,
  runs: readonly StudyRun[],
  set: string,
): ReconstructionColumn[] {
  return shownModels.flatMap((model) => {
    const chosen = rowOf(report, set, model)?.chosen
    if (chosen === undefined) return []
    const run = runs.find(
      ({ task }) => task.set === set && task.model === model && task.value === chosen && task.run === 0,
    )
    const reconstructions = run?.outcome?.reconstructions
    const title = `${studyModels[model].title} ${valueText(model, chosen)}`.trim()
    return reconstructions ? [{ title, colour: studyColours[model], reconstructions }] : []
  })
}

function setHtml(report: OrbitStudyReport, runs: readonly StudyRun[], set: string): string {
  const shown = showcaseOf(report, set)
  if (!shown) return `<h3>${escapeHtml(set)}</h3><p>Nothing to show: run 1 failed.</p>`
  const moved = (shown.image === null ? movedSeries : movedImages)(set, shown)
  const columns = reconstructionColumns(report, runs, set)
  const reconstructed =
    columns.length === 0
      ? ''
      : figure(
          reconstructionsOf(set, shown, columns),
          `${escapeHtml(set)}, run 1, at the chosen values: six samples at even distances in the test part of ${report.sizes[set].test}, not picked by anyone. The number is the squared error of the sample × 100.`,
        )
  return `<h3>${escapeHtml(set)}</h3>${figure(
    moved,
    `${escapeHtml(set)}: training samples x and what orbit is shown beside them, x<sub>ε</sub>, drawn at s = ${orbitStudyProtocol.shownScale} of ${escapeHtml(shown.bank)}.`,
  )}${reconstructed}`
}

const line = (colour: string, width: number): string =>
  `<line x1="0" x2="32" y1="8" y2="8" stroke="${colour}" stroke-width="${width}"/>`

/** Samples on orbits, and what AE and orbit make of test samples. */
export function picturesHtml(report: OrbitStudyReport, runs: readonly StudyRun[]): string {
  const signs = legend([
    { sign: line('currentColor', 1.6), text: 'original' },
    { sign: line(studyColours.orbit, 1.6), text: 'on its orbit, or reconstructed by orbit' },
    { sign: line(studyColours.ae, 2.4), text: 'reconstructed by AE' },
  ])
  const hasSeries = report.settings.sets.some((set) => showcaseOf(report, set)?.image === null)
  return `${hasSeries ? signs : ''}${report.settings.sets.map((set) => setHtml(report, runs, set)).join('\n')}`
}

/** Three stand side by side on a desktop, one fills a phone: 381 and 358 pixels each. */
const mapWidth = 360

function covariancePanel(report: OrbitStudyReport, set: string): Panel[] {
  const shown = showcaseOf(report, set)
  if (!shown) return []
  const { covariance, bank } = shown
  const largest = covariance.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const explained = explainedFraction(report, set)
  const label = `Covariance of ε on ${set}, ${covariance.length} generators of ${bank}: from ${(-largest).toPrecision(3)} to ${largest.toPrecision(3)}`
  return [
    {
      title: set,
      note: explained === null ? bank : `${bank}, explains ${percent(explained)}`,
      svg:
        heatMap({
          ariaLabel: label,
          values: covariance,
          largest,
          signed: true,
          x: 'generator',
          y: 'generator',
          width: mapWidth,
          square: true,
        }) + colourScale({ ariaLabel: `Colours of ${set}`, largest, signed: true, width: mapWidth }),
    },
  ]
}

/** What the data say of the generators: how far and which together. */
export function covarianceHtml(report: OrbitStudyReport): string {
  const all = report.settings.sets.flatMap((set) => covariancePanel(report, set))
  if (all.length === 0) return '<p>Nothing to show: run 1 failed on every set.</p>'
  return `<p>For each training sample and its ${orbitStudyProtocol.neighbours} nearest neighbours the ε that carry one nearest to the other are found in closed form; their covariance is what random elements of the group are drawn from. What the generators do not explain of the neighbours' differences no ε can make.</p>${figure(
    panels(all, 3, 14),
    'Covariance of ε in units of the prior scales, run 1. Generators of series count bump by bump along time, part after part (W, A, T); of images the six affine fields come first, then local ones. Each map has a scale of its own, even to both sides of 0.',
  )}`
}
