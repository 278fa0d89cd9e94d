import { type ModelName, modelColour, models } from '../../objectives.ts'
import { type Html, html } from '../../report/html.ts'
import { pageColour } from '../../report/palette.ts'
import { listed } from '../../text/number.ts'
import { type Ranking, tiedGroups } from './ranking.ts'

const width = 460
/** Where ranks 1 and k stand, with room for names on both sides. */
const [left, right] = [110, 350]
const axisY = 58
/** Pixels between bars, and between names. */
const [barStep, nameStep] = [8, 20]

const ink = pageColour('ink')
const faint = pageColour('faint')

const text = (x: number, y: number, words: string, anchor: string, fill = ink): Html =>
  html`<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="12" fill="${fill}">${words}</text>`

const line = (points: readonly (readonly [number, number])[], stroke: string, strokeWidth: number): Html =>
  html`<polyline points="${points.map((point) => point.join(',')).join(' ')}" fill="none" stroke="${stroke}" stroke-width="${strokeWidth}"/>`

const round = (pixels: number): number => Math.round(10 * pixels) / 10

/** The critical difference as a length of the axis, over it; in words alone where it is longer than the axis. */
function scaleBar(cd: number | null, pixelsPerRank: number): Html | null {
  if (cd === null) return null
  const words = `critical difference ${cd.toFixed(2)}`
  const to = round(left + cd * pixelsPerRank)
  if (to > right) return text(left, 18, `${words}, more than the axis is long`, 'start')
  return html`${line(
    [
      [left, 22],
      [left, 30],
      [left, 26],
      [to, 26],
      [to, 22],
      [to, 30],
    ],
    ink,
    1.5,
  )}${text(left, 15, words, 'start')}`
}

/**
 * The critical-difference diagram (Demšar 2006): models at their mean ranks, the best at the left; a bar joins those that the
 * Nemenyi test does not tell apart.
 */
export function rankingChart(ranking: Ranking): Html {
  const { ranked, sets, criticalDifference: cd } = ranking
  const k = ranked.length
  const pixelsPerRank = (right - left) / (k - 1)
  const x = (rank: number): number => round(left + (rank - 1) * pixelsPerRank)
  const groups = tiedGroups(ranking)
  const namesY = axisY + 18 + barStep * groups.length
  const half = Math.ceil(k / 2)
  const ticks = ranked.map((_, i) => {
    const at = x(i + 1)
    return html`${line(
      [
        [at, axisY - 5],
        [at, axisY],
      ],
      ink,
      1,
    )}${text(at, axisY - 9, String(i + 1), 'middle', faint)}`
  })
  const bars = groups.map(([from, to], i) => {
    const y = axisY + 8 + barStep * i
    return line(
      [
        [x(ranked[from].rank) - 3, y],
        [x(ranked[to].rank) + 3, y],
      ],
      ink,
      4,
    )
  })
  const name = ({ model, rank }: { readonly model: ModelName; readonly rank: number }, i: number): Html => {
    const isLeft = i < half
    const y = namesY + nameStep * (isLeft ? i : k - 1 - i)
    const [at, edge] = [x(rank), isLeft ? left - 14 : right + 14]
    const words = `${models[model].title} ${rank.toFixed(2)}`
    return html`${line(
      [
        [at, axisY],
        [at, y],
        [edge, y],
      ],
      modelColour(model),
      1.5,
    )}<circle cx="${at}" cy="${axisY}" r="3.5" fill="${modelColour(model)}"/>${text(isLeft ? edge - 5 : edge + 5, y + 4, words, isLeft ? 'end' : 'start')}`
  }
  const height = namesY + nameStep * (half - 1) + 12
  const said = ranked.map(({ model, rank }) => `${models[model].title} ${rank.toFixed(2)}`)
  const tied = groups.map(([from, to]) =>
    listed(ranked.slice(from, to + 1).map(({ model }) => models[model].title)),
  )
  const label = `Mean ranks over ${sets.length} sets, 1 is best: ${said.join(', ')}. ${cd === null ? '' : `Critical difference ${cd.toFixed(2)}. `}${tied.length === 0 ? '' : `Not told apart: ${tied.join('; ')}.`}`
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label="${label.trim()}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${scaleBar(cd, pixelsPerRank)}${line(
    [
      [left, axisY],
      [right, axisY],
    ],
    ink,
    1.2,
  )}${ticks}${bars}${ranked.map(name)}</svg>`
}
