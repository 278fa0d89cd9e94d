import type { Network, RegionCode, UnitGroup } from '@facet/models'
import { scope } from '@facet/tensor'
import { stateCounts } from './state-counts.ts'

/** A unit of a group, with the state that is spoken of. */
export interface UnitState {
  readonly unit: number
  readonly state: number
}

/** In which states the units of one group are over some samples. */
export interface GroupUsage extends UnitGroup {
  /** How many samples have each unit in each state, [units × states]: unit by unit. Of a unit they sum to the number of samples. */
  readonly counts: Int32Array
  /** Units that give 0 for every sample, as a ReLU unit in state 0: nothing passes and no gradient reaches what lies before. */
  readonly dead: readonly number[]
  /** Sign units in state 1 for every sample: with ReLU such a unit is linear on the data. */
  readonly alwaysOn: readonly number[]
  /** Units that are in one state for every sample: no wall of theirs lies between any two samples. Dead and always-on ones are among them. */
  readonly settled: readonly UnitState[]
  /** States that no sample takes: of max units, the pieces or places that never win. */
  readonly neverTaken: readonly UnitState[]
}

/**
 * How the units of every group are used over samples, whatever kind their layers are: which are dead, which always on, which states are never
 * or always taken. Units that have one state have no group; `liveUnits` tells of a layer's numbers. A place of a pooling window that lies in the
 * padding can never win and is not listed. NaN is state 0. Reads the code back.
 *
 * @param code the code of N samples under the network
 * @returns one entry for each of `network.groups`, in their order; without samples no unit is settled or dead.
 * @throws Error for a code of another network.
 * @example
 * import { init, reluActivation, tensor } from '@facet/tensor'
 * import { Dense, Network } from '@facet/models'
 * import { unitUsage } from '@facet/geometry'
 * await init()
 * const layer = new Dense({ name: 'hidden', weight: tensor([[1], [-1]]), bias: null, activation: reluActivation })
 * const net = new Network([layer])
 * const [{ dead, alwaysOn }] = unitUsage(net, net.regionCode(tensor([[1], [2]])))
 * dead // [1]
 * alwaysOn // [0]
 */
export function unitUsage(network: Network, code: RegionCode): GroupUsage[] {
  if (code.owner !== network) {
    throw new Error(
      `unitUsage: expected a code of '${network.name}', got one of another network, '${code.owner.name}'`,
    )
  }
  const counts = stateCounts(code)
  const kinds = kindsOf(network)
  let first = 0
  return network.groups.map((group, g) => {
    const own = counts.slice(first, first + group.units)
    first += group.units
    return usageOf(group, own, code.count, kinds[g])
  })
}

/** What is to be known of a group's kind. */
interface Kind {
  /** Of sign units what multiplies in state 0; `null` for units that take the largest. */
  readonly slope: number | null
  /** Whether a unit has that state at all. */
  has(unit: number, state: number): boolean
}

function kindsOf(network: Network): Kind[] {
  const kinds: Kind[] = []
  scope(() =>
    network.walk<null>(
      {
        affine: () => null,
        add: () => null,
        pieces(pieces) {
          const { states } = pieces
          const choice = pieces.choice()
          kinds.push(
            choice.kind === 'sign'
              ? { slope: choice.slope, has: () => true }
              : { slope: null, has: (unit, state) => choice.places[unit * states + state] >= 0 },
          )
          return null
        },
      },
      null,
    ),
  )
  return kinds
}

function usageOf(
  group: UnitGroup,
  counts: readonly Int32Array[],
  samples: number,
  { slope, has }: Kind,
): GroupUsage {
  const [settled, neverTaken]: [UnitState[], UnitState[]] = [[], []]
  counts.forEach((own, unit) => {
    own.forEach((count, state) => {
      if (count === samples && samples > 0) settled.push({ unit, state })
      if (count === 0 && has(unit, state)) neverTaken.push({ unit, state })
    })
  })
  const inState = (wanted: number) => settled.filter(({ state }) => state === wanted).map(({ unit }) => unit)
  return {
    ...group,
    counts: Int32Array.from(counts.flatMap((own) => [...own])),
    dead: slope === 0 ? inState(0) : [],
    alwaysOn: slope === null ? [] : inState(1),
    settled,
    neverTaken,
  }
}
