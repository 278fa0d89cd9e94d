import { type Network, pca } from '@facet/models'
import { cast, type Tensor } from '@facet/tensor'
import * as z from 'zod'
import { UsageError } from '../errors.ts'
import { parseJson } from '../network-file/json.ts'
import { mostBytes, readText } from '../network-file/read-whole.ts'

/** x = origin + s u + t v */
export interface Plane {
  readonly origin: readonly number[]
  readonly u: readonly number[]
  readonly v: readonly number[]
}

const vector = z.array(z.number())
const planeFile = z.looseObject({ origin: vector, u: vector, v: vector })

/** What `--plane` may be. */
export const planeHelp = 'a JSON file {origin, u, v}; pca or points:1,2,3 of the rows of --data'

/**
 * The plane that a command asks for. `pca`: through the mean of the rows along the two directions of largest variance, one standard deviation long
 * each; `points:i,j,k`: through three rows, counted from 1, which are at (0, 0), (1, 0) and (0, 1).
 *
 * @param rows reads the samples, in the space of the plane, only where they are asked for
 * @returns undefined where the plane is the whole input space
 * @throws UsageError where there is no such plane
 */
export async function planeOf(
  spec: string | undefined,
  { inputs }: Network,
  rows: () => Promise<Tensor>,
): Promise<Plane | undefined> {
  if (spec === undefined) {
    if (inputs === 2) return undefined
    throw new UsageError(`--plane: expected a plane of the ${inputs} inputs: ${planeHelp}`)
  }
  const plane = await planes(spec, rows)
  for (const [name, { length }] of Object.entries(plane))
    if (length !== inputs)
      throw new UsageError(`--plane ${spec}: ${name}: expected ${inputs} numbers, got ${length}`)
  return plane
}

async function planes(spec: string, rows: () => Promise<Tensor>): Promise<Plane> {
  if (spec === 'pca') return widestPlane(await rows())
  const [, listed] = /^points:(.*)$/.exec(spec) ?? []
  return listed === undefined
    ? readPlane(spec)
    : planeThrough(spec, listed.split(',').map(Number), await rows())
}

function readPlane(path: string): Plane {
  try {
    const { origin, u, v } = planeFile.parse(parseJson(readText(path, mostBytes.points)))
    return { origin, u, v }
  } catch (error) {
    const why =
      error instanceof z.ZodError ? 'expected {origin, u, v}, lists of numbers' : (error as Error).message
    throw new UsageError(`--plane: ${path}: ${why}; expected ${planeHelp}`)
  }
}

function planeThrough(spec: string, numbers: readonly number[], rows: Tensor): Plane {
  const count = rows.shape[0]
  const isRow = (n: number) => Number.isInteger(n) && n >= 1 && n <= count
  if (numbers.length !== 3 || !numbers.every(isRow))
    throw new UsageError(`--plane ${spec}: expected the numbers of three rows, from 1 to ${count}`)
  const [origin, second, third] = numbers.map((n) => rowsOf(rows)[n - 1])
  return { origin, u: second.map((x, i) => x - origin[i]), v: third.map((x, i) => x - origin[i]) }
}

function widestPlane(rows: Tensor): Plane {
  if (Math.min(...rows.shape) < 2)
    throw new UsageError('--plane pca: expected two rows and two columns or more')
  const { mean, components } = pca(rows, 2)
  const origin = mean.toArray() as number[]
  const directions = cast(components, 'float64').toArray() as number[][]
  const [u, v] = directions.map((direction) => {
    const scores = rowsOf(rows).map((row) =>
      row.reduce((sum, x, i) => sum + (x - origin[i]) * direction[i], 0),
    )
    const deviation = Math.sqrt(scores.reduce((sum, score) => sum + score * score, 0) / scores.length)
    return direction.map((x) => x * deviation)
  })
  if (v.every((x) => x === 0)) throw new UsageError('--plane pca: expected rows that vary in two directions')
  return { origin, u, v }
}

const rowsOf = (rows: Tensor): number[][] => cast(rows, 'float64').toArray() as number[][]
