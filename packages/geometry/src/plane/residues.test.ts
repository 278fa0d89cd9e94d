import { init, reluActivation } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { ExactProgram, lanesOf } from '../exact/exact-run.ts'
import { programOf } from '../program/program-of.ts'
import { runProgram } from '../program/run.ts'
import { networkOf } from '../testing/plain-network.ts'
import { structureOf } from '../testing/plane-structure.ts'
import { PackedCodes } from './codes.ts'
import { PRIMES, residues } from './residues.ts'
import { HeldSweep } from './sweep.ts'

beforeAll(() => init())

/** m · 2^e modulo a prime. */
function residueOf(m: bigint, e: number, prime: number): number {
  const p = BigInt(prime)
  let power = 1n
  const step = e < 0 ? (p + 1n) / 2n : 2n
  for (let k = 0; k < Math.abs(e); k++) power = (power * step) % p
  return Number((((m * power) % p) + p) % p)
}

test('moduli are prime, and as large as sums of 511 products and a residue allow', () => {
  for (const prime of PRIMES) {
    for (let d = 2; d * d <= prime; d++) expect(prime % d).not.toBe(0)
    expect(511 * (prime - 1) ** 2 + prime).toBeLessThan(2 ** 53)
  }
})

test('a float is what its whole number and its power of two are', () => {
  const whole = fc.maxSafeInteger()
  fc.assert(
    fc.property(whole, fc.integer({ min: -1000, max: 900 }), fc.constantFrom(...PRIMES), (m, e, prime) => {
      expect(residues(prime).of(m * 2 ** e)).toBe(residueOf(BigInt(m), e, prime))
    }),
  )
  expect(residues(PRIMES[0]).of(Number.MIN_VALUE)).toBe(residueOf(1n, -1074, PRIMES[0]))
  expect(residues(PRIMES[0]).of(0)).toBe(0)
})

test('a wide network modulo a prime is the rational one, on one face after another', () => {
  const numbers = (rows: number, columns: number, k: number) =>
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => Math.sin(k + 3 * i + 5.1 * j)),
    )
  const [wide, leaky] = [1500, { name: 'leakyRelu', alpha: 0.01 } as const]
  const program = programOf(
    networkOf([
      { weight: numbers(wide, 2, 1), bias: numbers(1, wide, 2)[0], activation: reluActivation },
      { weight: numbers(5, wide, 3), bias: numbers(1, 5, 4)[0], activation: leaky },
      { weight: numbers(2, 5, 5), bias: null, activation: { name: 'identity', alpha: 0 } },
    ]),
  )
  const points = [
    [0.5, 0.25],
    [-3, 1],
    [4, -4],
  ]
  const polygons = points.map((x, i) => ({
    points: [
      [i, 0],
      [i + 1, 0],
      [i + 0.5, 1],
    ],
    states: [...runProgram(program, x).states],
  }))
  const { structure } = structureOf(
    polygons,
    program.groups,
    ([s, t]) => [s, t] as const,
    () => false,
    String,
  )
  const exact = new ExactProgram(program)
  for (const prime of PRIMES) {
    const field = residues(prime)
    const x = [0.75, -2.5]
    const sweep = new HeldSweep(program, Float64Array.from(x, field.of), 1, field)
    const seen: number[] = []
    sweep.each(new PackedCodes(structure), [2, 0, 1], (face, output) => {
      seen.push(face)
      const { lanes, exponent } = exact.on(polygons[face].states, lanesOf([x])).slot(program.output)
      expect([...output]).toEqual(lanes[0].map((y) => residueOf(y, exponent, prime)))
    })
    expect(seen).toEqual([2, 0, 1])
  }
})
