import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  expectProof,
  feasiblePrograms,
  feasibleProgramsAreAsHighs,
  solved,
  wholePrograms,
  wholeProgramsAreAsHighs,
} from '../testing/linear-programs.ts'
import { LinearSolver } from './linear-solver.ts'

test('programs of small whole numbers, degenerate as they are, have the status and value that HiGHS finds', () =>
  wholeProgramsAreAsHighs(300))

test('random programs of up to 8 variables and 96 rows have the value that HiGHS finds, decided in float64', () =>
  feasibleProgramsAreAsHighs(100))

test('rows, objective and variables scaled by powers of two change nothing but the scale', () => {
  fc.assert(
    fc.property(
      feasiblePrograms,
      fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 150, maxLength: 150 }),
      ({ objective, rows }, powers) => {
        const n = objective.length
        const plain = solved({ objective, rows })
        const scaled = solved({
          objective: objective.map((c, j) => c * 2 ** powers[j]),
          rows: rows.map((row, i) => row.map((x, j) => x * 2 ** (powers[20 + i] + (j < n ? powers[j] : 0)))),
        })
        expect(scaled.status).toBe(plain.status)
        if (plain.status !== 'optimal') return
        expect(Math.abs(scaled.solver.value - plain.solver.value)).toBeLessThanOrEqual(
          1e-9 * Math.max(1, Math.abs(plain.solver.value)),
        )
      },
    ),
    { numRuns: 300 },
  )
})

test('equal rows, rows of zeros and rows times powers of two change nothing', () => {
  fc.assert(
    fc.property(wholePrograms, fc.integer({ min: -30, max: 30 }), ({ objective, rows }, power) => {
      const n = objective.length
      const more = [
        ...rows,
        ...rows.map((row) => row.map((x) => x * 2 ** power)),
        new Array<number>(n + 1).fill(0),
        [...new Array<number>(n).fill(0), 1],
      ]
      const [plain, padded] = [solved({ objective, rows }), solved({ objective, rows: more })]
      expect(padded.status).toBe(plain.status)
      if (plain.status === 'optimal') expect(padded.solver.value).toBeCloseTo(plain.solver.value, 9)
      expectProof({ objective, rows: more }, padded)
    }),
    { numRuns: 400 },
  )
})

test('a row of zeros that asks for something below 0 is infeasible', () => {
  const { status, solver } = solved({ objective: [1], rows: [[0, -1]] })
  expect([status, solver.farkasRow, solver.verified]).toEqual(['infeasible', 0, 'exact'])
})

test('rows that differ in the last place are told apart', () => {
  // x ≥ 1 and x ≤ 1 − 2^−53, where no tolerance would find the gap.
  const rows = [
    [1, -1],
    [-1, 1 - 2 ** -53],
  ]
  expect(solved({ objective: [1], rows }).status).toBe('infeasible')
  expect(
    solved({
      objective: [1],
      rows: [
        [1, -1],
        [-1, 1],
      ],
    }).solver.value,
  ).toBe(1)
})

test('one solver is used again for programs of other lengths', () => {
  const solver = new LinearSolver(1)
  expect(solver.solve([1], Float64Array.of(1, -2))).toBe('optimal')
  expect(solver.value).toBe(2)
  expect(solver.solve([-1], Float64Array.of(1, -2))).toBe('unbounded')
  expect(solver.solve([-1], Float64Array.of(1, -2, -1, 5, -1, 4))).toBe('optimal')
  expect(solver.value).toBe(-4)
})

test('lengths and numbers that do not fit are refused', () => {
  expect(() => new LinearSolver(0)).toThrow('expected at least one variable, got 0')
  const solver = new LinearSolver(2)
  expect(() => solver.solve([1], new Float64Array(3))).toThrow(
    'expected 2 numbers and rows of 3, got 1 and 3',
  )
  expect(() => solver.solve([1, 1], Float64Array.of(1, Number.NaN, 0))).toThrow('expected finite numbers')
  expect(() => solver.solve([1, Number.POSITIVE_INFINITY], new Float64Array(3))).toThrow('finite objective')
})
