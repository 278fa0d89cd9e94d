/** How a number is laid out along a slider. */
export interface Scale {
  readonly low: number
  readonly high: number
  /** Positions of the slider are whole numbers from 0 to `positions`. */
  readonly positions: number
  toPosition(value: number): number
  /** A number that has few digits, so that an address is short and every engine reads the same one. */
  toValue(position: number): number
}

/** Digits of numbers that a slider gives. */
const DIGITS = 6

/** Even steps from `low` to `high`. */
export function evenScale(low: number, high: number, step: number): Scale {
  const positions = Math.round((high - low) / step)
  return {
    low,
    high,
    positions,
    toPosition: (value) => Math.round((value - low) / step),
    toValue: (position) => Number((low + position * step).toPrecision(DIGITS)),
  }
}

/** Of each decade. */
const STEPS = [1, 1.5, 2, 3, 5, 7]

/**
 * Six steps a decade, from one power of ten to another.
 *
 * @param from exponent of the smallest value
 * @param to exponent of the largest
 */
export function decadeScale(from: number, to: number): Scale {
  const values = [
    ...Array.from({ length: to - from }, (_, decade) =>
      STEPS.map((step) => Number(`${step}e${from + decade}`)),
    ).flat(),
    Number(`1e${to}`),
  ]
  return listScale(values)
}

/** These values, which grow. */
export function listScale(values: readonly number[]): Scale {
  const distance = (a: number, b: number): number => Math.abs(Math.log((a + 1e-9) / (b + 1e-9)))
  return {
    low: values[0],
    high: values[values.length - 1],
    positions: values.length - 1,
    toPosition: (value) =>
      values.reduce((best, each, i) => (distance(each, value) < distance(values[best], value) ? i : best), 0),
    toValue: (position) => values[position],
  }
}
