import fc from 'fast-check'
import highsModule from 'highs'
import { beforeAll, expect, test } from 'vitest'
import { LinearSolver } from './linear-solver.ts'

// Its types are those of the CommonJS build.
const loadHighs = highsModule as unknown as typeof highsModule.default

type Highs = Awaited<ReturnType<typeof loadHighs>>
let highs: Highs
let calls = 0

beforeAll(async () => {
  highs = await loadHighs()
})

interface Program {
  readonly objective: readonly number[]
  readonly rows: readonly (readonly number[])[]
}

const written = (numbers: readonly number[]): string =>
  numbers.map((x, j) => `${x < 0 ? '-' : '+'} ${Math.abs(x)} x${j}`).join(' ')

/** HiGHS takes texts, and ends after some 4,000 of them. */
async function oracle({ objective, rows }: Program): Promise<{ status: string; value: number }> {
  if (++calls % 2000 === 0) highs = await loadHighs()
  const n = objective.length
  const constraints = rows
    .filter((row) => row.slice(0, n).some((x) => x !== 0))
    .map((row, i) => ` c${i}: ${written(row.slice(0, n))} >= ${-row[n]}`)
  if (rows.some((row) => row.slice(0, n).every((x) => x === 0) && row[n] < 0))
    return { status: 'infeasible', value: 0 }
  const names = objective.map((_, j) => ` x${j} free`)
  const text = `Minimize\n obj: ${written(objective)}\nSubject To\n${constraints.join('\n')}\nBounds\n${names.join('\n')}\nEnd`
  const { Status, ObjectiveValue } = highs.solve(text, { presolve: 'off' })
  return { status: Status, value: ObjectiveValue }
}

function solved({ objective, rows }: Program) {
  const solver = new LinearSolver(objective.length)
  const status = solver.solve(objective, Float64Array.from(rows.flat()))
  return { solver, status }
}

/** What is certain whatever solved it: the multipliers prove the value, or that there is no point, and the point holds all rows. */
function expectProof({ objective, rows }: Program, { solver, status }: ReturnType<typeof solved>): void {
  const n = objective.length
  const at = (row: readonly number[], x: ArrayLike<number>, b = row[n]) => {
    let [sum, size] = [b, Math.abs(b)]
    for (let j = 0; j < n; j++) {
      sum += row[j] * x[j]
      size += Math.abs(row[j] * x[j])
    }
    // Coordinates that are 0 may be so up to the rounding of others.
    const reach = 1e-12 * Math.max(1, ...Array.from(x, Math.abs)) * Math.max(...row.map(Math.abs))
    return { sum, slack: 1e-9 * size + reach }
  }
  if (status === 'unbounded') {
    for (const row of rows) {
      const { sum, slack } = at(row, solver.direction, 0)
      expect(sum).toBeGreaterThanOrEqual(-slack)
    }
    expect(at([...objective, 0], solver.direction).sum).toBeLessThan(0)
    return
  }
  for (const multiplier of solver.multipliers) expect(multiplier).toBeGreaterThanOrEqual(0)
  const target = status === 'optimal' ? objective : rows[solver.farkasRow].map((x) => -x)
  for (let j = 0; j < n; j++) {
    let [sum, size] = [-target[j], Math.abs(target[j])]
    for (let k = 0; k < n; k++) {
      const row = solver.basis[k]
      if (row < 0) continue
      sum += solver.multipliers[k] * rows[row][j]
      size += Math.abs(solver.multipliers[k] * rows[row][j])
    }
    expect(Math.abs(sum)).toBeLessThanOrEqual(1e-9 * size)
  }
  let bound = status === 'optimal' ? 0 : rows[solver.farkasRow][n]
  let size = Math.abs(bound)
  for (let k = 0; k < n; k++) {
    const row = solver.basis[k]
    if (row < 0) continue
    bound += solver.multipliers[k] * rows[row][n]
    size += Math.abs(solver.multipliers[k] * rows[row][n])
  }
  if (status === 'infeasible') {
    expect(bound).toBeLessThan(0)
    return
  }
  expect(Math.abs(solver.value + bound)).toBeLessThanOrEqual(1e-9 * (size + Math.abs(solver.value)))
  for (const row of rows) {
    const { sum, slack } = at(row, solver.x)
    expect(sum).toBeGreaterThanOrEqual(-slack)
  }
}

/** Small whole numbers make ties, equal rows and zeros. */
const wholePrograms = fc.integer({ min: 1, max: 5 }).chain((n) =>
  fc.record({
    objective: fc.array(fc.integer({ min: -2, max: 2 }), { minLength: n, maxLength: n }),
    rows: fc.array(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: n + 1, maxLength: n + 1 }), {
      maxLength: 3 * n + 3,
    }),
  }),
)

const numbers = (count: number) =>
  fc.array(
    fc.integer({ min: -1000, max: 1000 }).map((x) => x / 1000),
    { minLength: count, maxLength: count },
  )

/** Around a point inside of all rows, so that most have an optimum. */
const feasiblePrograms = fc.integer({ min: 2, max: 8 }).chain((n) =>
  fc
    .record({
      objective: numbers(n),
      normals: fc.array(numbers(n), { minLength: n, maxLength: 12 * n }),
    })
    .map(({ objective, normals }) => ({
      objective,
      rows: normals.map((row) => [...row, 1]),
    })),
)

const same = async (program: Program): Promise<void> => {
  const made = solved(program)
  expectProof(program, made)
  const { status, value } = await oracle(program)
  if (made.status === 'optimal') {
    expect(status).toBe('Optimal')
    // HiGHS lets rows be missed by 1e−7.
    expect(Math.abs(made.solver.value - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)))
  } else if (made.status === 'infeasible') expect(status.toLowerCase()).toContain('infeasible')
  // HiGHS says 'Unbounded', 'Primal infeasible or unbounded' or 'Unknown'; the direction is the proof.
  else expect(status).not.toMatch(/^(Optimal|Infeasible)$/)
}

test('programs of small whole numbers, degenerate as they are, have the status and value that HiGHS finds', async () => {
  await fc.assert(fc.asyncProperty(wholePrograms, same), { numRuns: 1200 })
})

test('random programs of up to 8 variables and 96 rows have the value that HiGHS finds, decided in float64', async () => {
  let checked = 0
  let all = 0
  await fc.assert(
    fc.asyncProperty(feasiblePrograms, async (program) => {
      await same(program)
      all++
      if (solved(program).solver.verified === 'checked') checked++
    }),
    { numRuns: 400, endOnFailure: true },
  )
  expect(checked).toBeGreaterThan(0.5 * all)
})

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
