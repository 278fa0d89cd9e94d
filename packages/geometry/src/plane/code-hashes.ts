import { aValue, type OptionsOf, optional, optionTable } from '@facet/tensor/checks'
import type { PlanePartition } from './partition.ts'

const codeHashesOptions = optionTable('codeHashes', {
  // Only the states of the groups from the first number up to, but not with, the second.
  groups: optional(
    aValue<readonly [from: number, to: number]>(
      'two whole numbers [from, to]',
      (value) => Array.isArray(value) && value.length === 2 && value.every(Number.isInteger),
    ),
  ),
})

/** The settings of {@link codeHashes}. */
export type CodeHashesOptions = OptionsOf<typeof codeHashesOptions>

/**
 * 64 bits of each region's code, by which it keeps its identity, and a colour, while its code lives: equal codes of groups of one size have equal hashes in
 * every partition. Of 100,000 codes two have the same hash with a chance of 3·10⁻¹⁰.
 *
 * Two lanes of MurmurHash3 (Appleby, 2011) over the packed words, the second fed by the first.
 *
 * @returns [2 × regions]: two numbers of 32 bits for each region
 * @throws RangeError for groups that the partition does not have.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { network } from '@facet/models'
 * import { codeHashes, planePartition } from '@facet/geometry'
 * await init()
 * const net = network({ sizes: [2, 8, 1], activations: ['relu', 'identity'], key: key(0) })
 * const [left, whole] = [[-1, 0], [-1, 1]].map((s) => planePartition(net, { window: { s, t: [-1, 1] } }))
 * const of = (partition) => codeHashes(partition).slice(2 * partition.at(-0.5, 0).index).slice(0, 2)
 * of(left).join() === of(whole).join() // true: the region is the same
 */
export function codeHashes(
  partition: Pick<PlanePartition, 'structure'>,
  options: CodeHashesOptions = {},
): Uint32Array {
  const { code, words, groups, faces } = partition.structure
  const { groups: [from, to] = [0, groups.length] } = codeHashesOptions.resolve(options)
  if (!(from >= 0 && from < to && to <= groups.length))
    throw new RangeError(
      `codeHashes: groups: expected [from, to] with 0 ≤ from < to ≤ ${groups.length}, got [${from}, ${to}]`,
    )
  const first = groups[from].from
  const behind = to === groups.length ? words : groups[to].from
  const hashes = new Uint32Array(2 * faces)
  for (let face = 0; face < faces; face++) {
    let a = 0x9747b28c
    let b = 0x3c6ef372
    for (let k = face * words + first, end = face * words + behind; k < end; k++) {
      a ^= Math.imul(rotated(Math.imul(code[k], 0xcc9e2d51), 15), 0x1b873593)
      a = (Math.imul(rotated(a, 13), 5) + 0xe6546b64) | 0
      b ^= Math.imul(rotated(Math.imul(code[k], 0x239b961b), 16), 0xab0e9789)
      b = (Math.imul(rotated(b, 17) + a, 5) + 0x561ccd1b) | 0
    }
    hashes[2 * face] = mixed(a)
    hashes[2 * face + 1] = mixed(b)
  }
  return hashes
}

const rotated = (x: number, by: number): number => (x << by) | (x >>> (32 - by))

/** MurmurHash3's last step: every bit depends on every bit. */
function mixed(x: number): number {
  const y = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  const z = Math.imul(y ^ (y >>> 13), 0xc2b2ae35)
  return z ^ (z >>> 16)
}
