import { type Place, seenOf, xOf, yOf } from './place.ts'
import { linearScale, tickText } from './scale.ts'

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
  const format = tickText(domain, count)
  return linearScale(domain, [0, 1])
    .ticks(count)
    .map((value) => ({ at: at(value), label: format(value) }))
}

/** Three digits, as short as they are, with a real minus. */
export const shortNumber = (value: number): string =>
  String(Number(value.toPrecision(3)))
    .replace('e+', 'e')
    .replaceAll('-', '−')
