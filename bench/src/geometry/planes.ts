import { planePartition } from '@facet/geometry'
import type { Network } from '@facet/models'
import { Core } from '../../../packages/geometry/src/plane/core/core.ts'
import { programOf } from '../../../packages/geometry/src/program/program-of.ts'
import { convolutional, denseNetwork, otherKinds, readCounted } from './networks.ts'
import type { Square } from './splitter.ts'

/** A partition of a square that is timed. */
export interface PlaneCase extends Square {
  readonly name: string
  readonly network: Network
  /** How many regions there are, where others have counted them. */
  readonly counted: number | null
}

const inputPlane = { origin: [0, 0], u: [1, 0], v: [0, 1] }

const plusMinus = (half: number): readonly [number, number] => [-half, half]

/** What the target is about. */
export const isTargeted = (name: string): boolean =>
  name.startsWith('counted') || name.startsWith('2-64-64-64,')

/** @param counted a file of the golden kind `partition_*` */
export async function planeCases(isQuick: boolean, counted: string | null): Promise<PlaneCase[]> {
  const cases: PlaneCase[] = []
  const add = (name: string, network: Network, half: number, more: Partial<PlaneCase> = {}) =>
    cases.push({
      name: `${name}, ±${half}`,
      network,
      plane: inputPlane,
      window: plusMinus(half),
      counted: null,
      ...more,
    })
  if (isQuick) {
    add('2-16-16-16, seed 1', denseNetwork([2, 16, 16, 16, 1], 1), 1)
    return cases
  }
  if (counted !== null) {
    const { network, squares } = await readCounted(counted)
    for (const { bounds, regions } of squares)
      add('counted by others, 2-64-64-64', network, bounds[1], { window: bounds, counted: regions })
  }
  for (const seed of [1, 2, 3])
    for (const half of [1, 10]) add(`2-64-64-64, seed ${seed}`, denseNetwork([2, 64, 64, 64, 1], seed), half)
  for (const half of [1, 10]) {
    add('2-128-128-128', denseNetwork([2, 128, 128, 128, 1], 1), half)
    add('2-32×6', denseNetwork([2, ...Array(6).fill(32), 1], 1), half)
  }
  for (const [name, make] of Object.entries(otherKinds))
    add(name, make(1), name.startsWith('residual') ? 1 : 10)
  const { network, plane } = convolutional(1)
  cases.push({
    name: 'two convolutions with max-pooling, 8×8, plane of three images',
    network,
    plane,
    window: [0, 1],
    counted: null,
  })
  return cases
}

/** All that is asked for: program, cuts, structure with neighbours. */
export const partitioned = ({ network, plane, window }: Square & { network: Network }) =>
  planePartition(network, { plane, window })

/** The cuts alone, of a program that is there. @returns how many regions */
export function cutOnly({ network, plane, window }: Square & { network: Network }): () => number {
  const program = programOf(network)
  return () => {
    let regions = 0
    const core = new Core(program, { ...plane, s: window, t: window })
    core.run(
      (faces) => {
        regions += faces.length
      },
      Infinity,
      () => true,
    )
    core.release()
    return regions
  }
}
