import type { Network } from '@facet/models'
import { cast, scope, type Tensor } from '@facet/tensor'
import { expectPoints } from '../numbers/checks.ts'
import type { ChoiceStep, Program } from '../program/program.ts'
import { programOf } from '../program/program-of.ts'
import { LocalForms, type SlotForms } from './local-forms.ts'

/** Of each sample the nearest wall of its region. */
export interface WallDistances {
  /** [N], in the input space; Infinity where the region has no wall. */
  readonly distance: Float64Array
  /** [N], the group and the unit that the wall belongs to, one of them where several have it; −1 where there is none. */
  readonly group: Int32Array
  readonly unit: Int32Array
}

/**
 * The Euclidean distance from each sample to the nearest point at which a unit of the network changes its state.
 *
 * A region is the polytope of the half-spaces that its units ask for, and from inside the nearest point of its edge lies on the nearest of their hyperplanes: the
 * distance is the least |z| / ‖∇z‖ over the units (docs/mathematics.md 3.5), of a unit that takes the largest over winner and rivals. All in float64; gradients below
 * 2⁻⁴⁰ of what they were made of are taken for rounding of 0.
 *
 * @param x [N, inputs]
 * @throws Error for samples that do not fit, RangeError for numbers that are not finite.
 * @example
 * import { init, reluActivation, tensor } from '@facet/tensor'
 * import { Dense, Network } from '@facet/models'
 * import { wallDistances } from '@facet/geometry'
 * await init()
 * const weight = tensor([[1, 0], [0, 1], [1, 1]])
 * const lines = new Network([new Dense({ name: 'lines', weight, bias: tensor([0, 0, -1]), activation: reluActivation })])
 * const { distance, group, unit } = wallDistances(lines, tensor([[0.25, 0.125], [0.5, 0.375]]))
 * Array.from(distance) // [0.125, 0.125 / √2 = 0.0883…]
 * Array.from(unit) // [1, 2]
 */
export function wallDistances(network: Network, x: Tensor): WallDistances {
  expectPoints('wallDistances', 'x', network, x)
  const rows = scope(() => Float64Array.from(cast(x, 'float64').dataSync() as ArrayLike<number>))
  return wallDistancesOf(programOf(network), rows)
}

/** The same of a program. @param rows [N × inputs] */
export function wallDistancesOf(program: Program, rows: Float64Array): WallDistances {
  const { inputs } = program
  const count = rows.length / inputs
  const found = {
    distance: new Float64Array(count).fill(Infinity),
    group: new Int32Array(count).fill(-1),
    unit: new Int32Array(count).fill(-1),
  }
  const forms = new LocalForms(program)
  for (let n = 0; n < count; n++) {
    const row = rows.subarray(n * inputs, (n + 1) * inputs)
    if (!row.every(Number.isFinite))
      throw new RangeError(`wallDistances: expected finite samples, got a number that is not in row ${n}`)
    forms.at(row, (step, among, state) =>
      eachWall(step, among, state, (unit, distance) => {
        if (!(distance < found.distance[n])) return
        found.distance[n] = distance
        found.group[n] = step.group
        found.unit[n] = unit
      }),
    )
  }
  return found
}

/** Calls with each hyperplane that a step's units have. */
function eachWall(
  step: ChoiceStep,
  among: SlotForms,
  state: (unit: number) => number,
  see: (unit: number, distance: number) => void,
): void {
  if (step.kind === 'sign') {
    for (let unit = 0; unit < among.value.length; unit++) see(unit, distanceBetween(among, unit, -1))
    return
  }
  const { places, states } = step
  for (let unit = 0, at = 0; at < places.length; unit++, at += states) {
    const winner = places[at + state(unit)]
    for (let k = 0; k < states; k++) {
      const rival = places[at + k]
      if (rival >= 0 && rival !== winner) see(unit, distanceBetween(among, winner, rival))
    }
  }
}

/** A gradient's length may be off by so much of its reach: 2¹² roundings, which chains of a few thousand terms do not make. */
const ROUNDING = 2 ** -40

/** From the point to where two numbers are equal, or one of them 0 where `b` is −1; Infinity where they nowhere are. */
function distanceBetween({ value, gradient, reach, width }: SlotForms, a: number, b: number): number {
  let square = 0
  for (let j = 0; j < width; j++) {
    const d = gradient[a * width + j] - (b < 0 ? 0 : gradient[b * width + j])
    square += d * d
  }
  const length = Math.sqrt(square)
  if (length <= ROUNDING * (reach[a] + (b < 0 ? 0 : reach[b]))) return Infinity
  return Math.abs(value[a] - (b < 0 ? 0 : value[b])) / length
}
