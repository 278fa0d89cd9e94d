import { scaleLinear } from 'd3-scale'
import { type Place, seenOf, xOf, yOf } from './place.ts'

/** A number at an edge of a picture. */
export interface Tick {
  /** Pixels from the left, or from above. */
  readonly at: number
  readonly label: string
}

/** Pixels between ticks, about: room for a label of six characters. */
const APART = { s: 70, t: 50 }

/** The round numbers along both axes that are seen. */
export function axisTicks(place: Place): { readonly s: readonly Tick[]; readonly t: readonly Tick[] } {
  const { s, t } = seenOf(place)
  return {
    s: ticksOf(s, place.width / APART.s, (value) => xOf(place, value)),
    t: ticksOf(t, place.height / APART.t, (value) => yOf(place, value)),
  }
}

function ticksOf(domain: readonly [number, number], count: number, at: (value: number) => number): Tick[] {
  const scale = scaleLinear().domain(domain)
  const format = scale.tickFormat(count)
  return scale.ticks(count).map((value) => ({ at: at(value), label: format(value) }))
}

/** Three digits, as short as they are, with a real minus. */
export const shortNumber = (value: number): string =>
  String(Number(value.toPrecision(3)))
    .replace('e+', 'e')
    .replaceAll('-', '−')
