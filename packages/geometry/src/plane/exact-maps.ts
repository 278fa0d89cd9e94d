import { ExactProgram, type Lanes, lanesOf } from '../exact/exact-run.ts'
import { type Program, unitsOf } from '../program/program.ts'
import type { PackedCodes } from './codes.ts'
import type { Plane } from './core/window.ts'
import type { SameMap } from './maps.ts'

/** Compares maps in (s, t) in rational arithmetic. Those that differ are kept, to be compared with others. */
export function exactMaps(program: Program, { origin, u, v }: Plane, codes: PackedCodes): SameMap {
  const exact = new ExactProgram(program)
  const basis = lanesOf([u, v, origin])
  const states = new Int32Array(unitsOf(program))
  const known = new Map<number, Lanes>()
  const mapOf = (face: number): Lanes => {
    let map = known.get(face)
    if (map === undefined)
      known.set(face, (map = exact.on(codes.readInto(face, states), basis).slot(program.output)))
    return map
  }
  return (a, b) => {
    const isSame = isEqual(mapOf(a), mapOf(b))
    if (isSame) known.delete(b)
    return isSame
  }
}

function isEqual(a: Lanes, b: Lanes): boolean {
  const least = Math.min(a.exponent, b.exponent)
  const [first, second] = [BigInt(a.exponent - least), BigInt(b.exponent - least)]
  return a.lanes.every((lane, l) => lane.every((x, i) => x << first === b.lanes[l][i] << second))
}
