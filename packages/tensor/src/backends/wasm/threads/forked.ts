import type { Module, WasmFunction } from '../module.ts'
import { MOST_TILES } from './control.ts'
import { type Split, type Splits, splits } from './splits.ts'
import type { ThreadPool } from './thread-pool.ts'
import type { Tile } from './tile-runner.ts'
import { Trial } from './trial.ts'

/**
 * Calls that take less are not divided, since waking another thread takes 5 to 50 µs. At 100 steps of d-64-64-10, d = 784, whose calls take
 * 150 µs at most, became a tenth slower on a busy machine.
 */
const FORK_MICROSECONDS = 200

/** Length of a tile: long against a claim (0.1 µs), and short, since all threads wait for the last tile. */
const TILE_MICROSECONDS = 75

const widths = { f32: 4, f64: 8 } as const

interface Forked {
  readonly name: string
  readonly split: Split
  readonly bytes: number
  /** The function that carries out a tile. */
  readonly part: string
}

const forkedOf = (splits: Splits): Forked[] =>
  Object.entries(splits).flatMap(([name, split]) =>
    Object.entries(widths).map(([suffix, bytes]) => {
      return { name: `${name}_${suffix}`, split, bytes, part: `${split.name ?? name}_${suffix}` }
    }),
  )

/** Functions that the thread pool calls. */
export const forkedNames: readonly string[] = forkedOf(splits).map(({ part }) => part)

/** Numbers of those functions. */
export const forkedNumbers: Readonly<Record<string, number>> = Object.fromEntries(
  forkedNames.map((name, i) => [name, i]),
)

/**
 * A module with long calls of the functions in `splits` carried out by all threads; same arguments, same bits.
 *
 * @param numbers under which the pool knows the functions that carry out tiles
 */
export function fork(
  module: Module,
  pool: ThreadPool,
  splits: Splits,
  numbers: Readonly<Record<string, number>>,
): Module {
  const forking = ({ name, split, bytes, part }: Forked): WasmFunction => {
    const call = module[name]
    const settle = (tile: Tile): WasmFunction => {
      const microseconds = split.microseconds(tile, bytes)
      if (microseconds < FORK_MICROSECONDS) return call
      const wanted = Math.min(MOST_TILES, Math.ceil(microseconds / TILE_MICROSECONDS))
      const tiles = split.tiles(tile, bytes, wanted)
      if (tiles.length === 1) return call
      const trial = new Trial()
      const alone = (): void => void call(...tile)
      const together = (): void => pool.run(numbers[part], tiles)
      return () => {
        if (pool.isReady) trial.run(together, alone)
        else alone()
        return 0
      }
    }
    const either: WasmFunction = (...tile) => settle(tile)(...tile)
    either.settle = settle
    either.alone = call
    return either
  }
  return { ...module, ...Object.fromEntries(forkedOf(splits).map((row) => [row.name, forking(row)])) }
}
