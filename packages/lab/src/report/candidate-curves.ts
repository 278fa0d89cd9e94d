import * as Plot from '@observablehq/plot'
import { byNumber, type CandidateValue, numberOf } from '../candidate-value.ts'
import { extent, mean, standardDeviation } from '../text/statistics.ts'
import { figure, type Panel, panels, underNames } from './figure.ts'
import { type Html, html } from './html.ts'
import { legend } from './legend.ts'
import { svgOf } from './plot.ts'

/** A value of a hyper-parameter with its errors × 100 on one part. */
interface CandidatePoint {
  readonly value: CandidateValue
  readonly centre: number
  readonly low: number
  readonly high: number
}

/** What one model gives at each value of its hyper-parameter. */
export interface CandidateCurve {
  readonly title: string
  /** A CSS colour. */
  readonly colour: string
  /** Sign of the hyper-parameter. */
  readonly symbol: string
  /** Its values from the smallest; some may have no point. */
  readonly grid: readonly CandidateValue[]
  readonly validation: readonly CandidatePoint[]
  readonly test: readonly CandidatePoint[]
  /** `null` where every value has a failed run. */
  readonly chosen: CandidateValue | null
}

/** The point of a value: mean and standard deviation over runs of errors, which are given as they are, not × 100. */
function candidatePoint(value: CandidateValue, errors: readonly number[]): CandidatePoint {
  const scaled = errors.map((error) => 100 * error)
  const centre = mean(scaled)
  const std = standardDeviation(scaled) ?? 0
  return { value, centre, low: centre - std, high: centre + std }
}

/** A training at a value of the hyper-parameter. */
export interface CandidateRun {
  readonly value: CandidateValue | null
  readonly validationError: number
  readonly testError: number
}

/**
 * The curve of one model on one set. Values of which not all runs finished have no point.
 *
 * @param runs of each value, how many there are to be.
 * @param finished those that came to an end, of any value.
 */
export function candidateCurve(
  model: Pick<CandidateCurve, 'title' | 'colour' | 'symbol' | 'chosen'> & {
    readonly grid: readonly CandidateValue[]
  },
  runs: number,
  finished: readonly CandidateRun[],
): CandidateCurve {
  const grid = [...new Set(model.grid)].sort(byNumber)
  const points = (part: 'validationError' | 'testError') =>
    grid.flatMap((value) => {
      const errors = finished.filter((run) => run.value === value).map((run) => run[part])
      return errors.length < runs ? [] : [candidatePoint(value, errors)]
    })
  return { ...model, grid, validation: points('validationError'), test: points('testError') }
}

const superscript = (exponent: number): string =>
  [...String(exponent)].map((c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)])).join('')

/** Room between the margins of a panel, and what a label of words needs of it, in pixels. */
const [panelRoom, wordsRoom] = [178, 56]

/** Every which candidate has a label: four of numbers fit, and no two of words may touch. */
function labelStep(grid: readonly CandidateValue[]): number {
  const step = panelRoom / (grid.length - 0.2)
  const fits = (every: number): boolean => {
    const words = grid.flatMap((value, i) => (i % every === 0 && typeof value === 'string' ? [i] : []))
    return words.every((at, i) => i === 0 || (at - words[i - 1]) * step >= wordsRoom)
  }
  let every = Math.ceil(grid.length / 4)
  while (!fits(every)) every++
  return every
}

/** Labels that a narrow panel has room for: far powers of ten short, and of many candidates not every one. */
const tickLabel = (grid: readonly CandidateValue[]): ((value: CandidateValue) => string) => {
  const every = labelStep(grid)
  return (value) => {
    if (grid.indexOf(value) % every !== 0) return ''
    if (typeof value === 'string') return `${numberOf(value)}\nno ampl.`
    const exponent = Math.round(Math.log10(value))
    const isFarPower = Math.abs(exponent) > 1 && Number(`1e${exponent}`) === value
    return isFarPower ? `10${superscript(exponent)}` : String(value)
  }
}

/** A second line of labels stands over the sign of the axis: panels of a figure are all as high. */
const wordsHeight = 13

function chart(
  set: string,
  curve: CandidateCurve,
  domain: readonly [number, number],
  labelLines: number,
): Panel {
  const { title, colour, symbol, grid, validation, test, chosen } = curve
  const said = test.map(
    ({ value, centre }, i) =>
      `${value}: ${centre.toFixed(2)} (validation ${validation[i].centre.toFixed(2)})`,
  )
  // No logarithm has a place for 0 or for words: then every candidate gets the same room.
  const numbers = grid.filter((value) => typeof value === 'number')
  const scale =
    numbers.length === grid.length && numbers[0] > 0
      ? { type: 'log' as const, domain: [numbers[0] / 1.6, numbers.at(-1)! * 1.6], ticks: numbers }
      : { type: 'point' as const, domain: [...grid], padding: 0.4 }
  const whiskers = (rows: readonly CandidatePoint[], opacity: number) =>
    Plot.ruleX(rows, { x: 'value', y1: 'low', y2: 'high', stroke: colour, strokeOpacity: opacity })
  const below = (labelLines - 1) * wordsHeight
  const svg = svgOf({
    ariaLabel: `${title} on ${set}: mean test error × 100 by ${symbol}: ${said.join(', ')}; chosen ${chosen ?? 'none'}`,
    width: 220,
    height: 180 + below,
    marginLeft: 32,
    marginRight: 10,
    marginTop: 8,
    marginBottom: 34 + below,
    x: {
      ...scale,
      label: symbol,
      tickFormat: tickLabel(grid),
      labelAnchor: 'center',
      labelArrow: 'none',
    },
    y: { label: null, domain, ticks: 5, grid: true },
    marks: [
      whiskers(validation, 0.45),
      whiskers(test, 0.9),
      Plot.lineY(validation, { x: 'value', y: 'centre', stroke: colour, strokeDasharray: '4 3' }),
      Plot.lineY(test, { x: 'value', y: 'centre', stroke: colour, strokeWidth: 1.8 }),
      Plot.dot(validation, { x: 'value', y: 'centre', fill: colour, r: 2 }),
      Plot.dot(test, { x: 'value', y: 'centre', fill: colour, r: 2.6 }),
      Plot.dot(
        test.filter(({ value }) => value === chosen),
        { x: 'value', y: 'centre', r: 6, stroke: 'currentColor', strokeWidth: 1.3 },
      ),
    ],
  })
  return { title, colour, note: chosen === null ? 'failed' : `${symbol} ${chosen}`, svg }
}

/** The curves of one set, all panels on one scale. */
function candidateFigure({ set, curves }: CandidateSet): Html {
  const points = curves.flatMap(({ validation, test }) => [...validation, ...test])
  const values = points.flatMap(({ low, high }) => [low, high])
  if (values.length === 0) return html`<p>No candidate has a result for all runs.</p>`
  const [low, high] = extent(values)
  const margin = 0.06 * (high - low) || 1
  const left = curves.reduce((sum, { grid, test }) => sum + grid.length - test.length, 0)
  const gaps = left === 0 ? '' : ` Left out: ${left} of which a run failed.`
  const lines = curves.some(({ grid }) => grid.some((value) => typeof value === 'string')) ? 2 : 1
  const domain = [Math.max(0, low - margin), high + margin] as const
  return figure(
    panels(curves.map((curve) => chart(set, curve, domain, lines))),
    `${set}: validation and test error × 100 at each candidate, all panels on one scale; whiskers are the standard deviation over runs.${gaps}`,
  )
}

/** The curves of a set. */
export interface CandidateSet {
  readonly set: string
  readonly curves: readonly CandidateCurve[]
}

/** What each value of a hyper-parameter gives, set by set, and what the signs mean. */
export const candidatesOf = (sets: readonly CandidateSet[]): Html =>
  html`${legend([
    { sign: { shape: 'line', width: 2, radius: 3.4 }, text: 'test' },
    { sign: { shape: 'line', width: 1, dash: '4 3', radius: 2.5 }, text: 'validation' },
    { sign: { shape: 'ring', width: 1.3, radius: 6.5 }, text: 'chosen: lowest mean validation error' },
  ])}\n${underNames(
    sets.map(({ set }) => set),
    (name) => candidateFigure(sets.find(({ set }) => set === name)!),
  )}`
