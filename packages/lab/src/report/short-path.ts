const command = /[A-Za-z][^A-Za-z]*/g

/** In tenths of a pixel. */
type Point = readonly [x: number, y: number]

const pointOf = (step: string): Point | null => {
  const numbers = step.slice(1).split(',').map(Number)
  return numbers.length === 2 && numbers.every(Number.isFinite)
    ? [Math.round(10 * numbers[0]), Math.round(10 * numbers[1])]
    : null
}

/** `.5`, `-.5`, `12.3`. */
const tenths = (value: number): string => String(value / 10).replace(/^(-?)0\./, '$1.')

const pairText = ([x, y]: Point): string => `${tenths(x)}${y < 0 ? '' : ','}${tenths(y)}`

/**
 * A path of straight lines in tenths of a pixel, each point told from the one before: a line of 500 points takes half of its bytes. `null` for
 * a path that has anything but the commands M, L and Z.
 */
export function shortPath(path: string): string | null {
  let from: Point = [0, 0]
  let start: Point = from
  let isLine = false
  let short = ''
  for (const step of path.match(command) ?? []) {
    if (step[0] === 'Z') {
      short += 'Z'
      from = start
      isLine = false
      continue
    }
    const point = step[0] === 'M' || step[0] === 'L' ? pointOf(step) : null
    if (point === null) return null
    if (step[0] === 'M') {
      short += `M${pairText(point)}`
      start = point
    } else {
      const change = pairText([point[0] - from[0], point[1] - from[1]])
      short += isLine ? `${change.startsWith('-') ? '' : ' '}${change}` : `l${change}`
    }
    isLine = step[0] === 'L'
    from = point
  }
  return short
}
