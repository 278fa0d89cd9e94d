import type { Changed } from '../line/segment-walk.ts'
import type { PackedGroup, PlaneStructure } from './structure.ts'

/** Reads the packed codes of a structure's faces. */
export class PackedCodes {
  readonly groups: readonly PackedGroup[]
  /** Of all groups together. */
  readonly units: number
  readonly #code: Int32Array
  readonly #words: number

  constructor({ code, words, groups }: Pick<PlaneStructure, 'code' | 'words' | 'groups'>) {
    this.groups = groups
    this.units = groups.reduce((sum, group) => sum + group.units, 0)
    this.#code = code
    this.#words = words
  }

  /** The states of all units of a face, group after group, up to as many as `to` has room for; those of groups before one are left as they are. */
  readInto(face: number, to: Int32Array, fromGroup = 0): Int32Array {
    let at = 0
    for (let g = 0; g < this.groups.length && at < to.length; g++) {
      const { units, from, planes } = this.groups[g]
      if (g >= fromGroup) {
        const start = face * this.#words + from
        const blocks = blocksOf(units)
        for (let unit = 0; unit < units; unit++)
          to[at + unit] = (this.#code[start + (unit >> 5)] >>> (unit & 31)) & 1
        for (let plane = 1; plane < planes; plane++)
          for (let unit = 0, word = start + plane * blocks; unit < units; unit++)
            to[at + unit] |= ((this.#code[word + (unit >> 5)] >>> (unit & 31)) & 1) << plane
      }
      at += units
    }
    return to
  }

  state(face: number, group: number, unit: number): number {
    const { units, from, planes } = this.groups[group]
    const [start, blocks] = [face * this.#words + from + (unit >> 5), blocksOf(units)]
    let state = 0
    for (let plane = 0; plane < planes; plane++)
      state |= ((this.#code[start + plane * blocks] >>> (unit & 31)) & 1) << plane
    return state
  }

  /** How many units have another state in one face than in the other. */
  distance(a: number, b: number): number {
    let count = 0
    for (const group of this.groups)
      for (let block = 0, blocks = blocksOf(group.units); block < blocks; block++)
        count += bitCount(this.#differing(a, b, group, block))
    return count
  }

  /** Those units, in order. */
  changes(a: number, b: number): Changed[] {
    const changes: Changed[] = []
    this.groups.forEach((group, g) => {
      for (let block = 0, blocks = blocksOf(group.units); block < blocks; block++)
        for (let bits = this.#differing(a, b, group, block); bits !== 0; bits &= bits - 1) {
          const unit = 32 * block + lowestBit(bits)
          changes.push([g, unit, this.state(a, g, unit), this.state(b, g, unit)])
        }
    })
    return changes
  }

  /** < 0 where a's code comes first, by its words one after another; 0 where the codes are the same. */
  compare(a: number, b: number): number {
    const [i, j] = [a * this.#words, b * this.#words]
    for (let k = 0; k < this.#words; k++) {
      const difference = this.#code[i + k] - this.#code[j + k]
      if (difference !== 0) return difference
    }
    return 0
  }

  /** The first group in which the codes differ; as many as there are groups where they do not. */
  firstDifference(a: number, b: number): number {
    for (let g = 0; g < this.groups.length; g++) {
      const { units, from, planes } = this.groups[g]
      const i = a * this.#words + from
      const j = b * this.#words + from
      for (let k = 0, words = planes * blocksOf(units); k < words; k++)
        if (this.#code[i + k] !== this.#code[j + k]) return g
    }
    return this.groups.length
  }

  /** The units of a block of 32 that differ, as bits. */
  #differing(a: number, b: number, { units, from, planes }: PackedGroup, block: number): number {
    const blocks = blocksOf(units)
    const [i, j] = [a * this.#words + from + block, b * this.#words + from + block]
    let bits = 0
    for (let k = 0; k < planes * blocks; k += blocks) bits |= this.#code[i + k] ^ this.#code[j + k]
    return bits
  }
}

/** The states of all units, group after group, of one packed code. */
export function statesOf(code: Int32Array, groups: readonly PackedGroup[]): Int32Array {
  const codes = new PackedCodes({ code, words: code.length, groups })
  return codes.readInto(0, new Int32Array(codes.units))
}

const blocksOf = (units: number): number => (units + 31) >> 5

const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits)

function bitCount(bits: number): number {
  let x = bits - ((bits >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
