import type { OpName } from '../../../op-table.ts'
import { transcendental } from '../../../testing/tolerance.ts'
import { tolerances as ordinary, type Tolerance, type Tolerances } from '../../conformance/tolerances.ts'

/** The smallest normal float32: GPUs may take what is smaller for 0. */
const SMALLEST_NORMAL = 2 ** -126

const ulps = (count: number): Tolerance => ({ kind: 'ulps', count, floor: SMALLEST_NORMAL })

const same = (tolerance: Tolerance, ...ops: OpName[]) =>
  Object.fromEntries(ops.map((op) => [op, tolerance])) as Partial<Tolerances>

const transcendentals = (Object.keys(ordinary) as OpName[]).filter((op) => ordinary[op] === transcendental)

/** What float32 on a GPU cannot do as `reference` does in float64; everything else is asked for as of every backend. */
export const tolerances: Partial<Tolerances> = {
  ...same(ulps(0), 'square', 'add', 'sub', 'mul', 'remainder'),
  // Quotients from 2²⁴ on are rounded while they are made.
  floorDiv: ulps(1),
  // GLSL allows 2.5 units for a quotient, and a root is the inverse of an inverse root.
  ...same(ulps(3), 'reciprocal', 'div', 'sqrt'),
  ...same(ulps(4), ...transcendentals),
  ...same({ kind: 'argument', count: 4 }, 'sin', 'cos'),
  ...same({ kind: 'equal' }, 'floor', 'ceil', 'round'),
  pow: ulps(64),
  applySlopes: ulps(2),
}
