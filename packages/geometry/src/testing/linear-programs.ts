import fc from 'fast-check'
import highsModule from 'highs'
import { expect } from 'vitest'
import type { Verified } from '../line/line-walk.ts'
import { LinearSolver } from '../linear-program/linear-solver.ts'

// Its types are those of the CommonJS build.
const loadHighs = highsModule as unknown as typeof highsModule.default

type Highs = Awaited<ReturnType<typeof loadHighs>>
let highs: Highs | undefined
let calls = 0

/** Minimise objective · x where a · x + b ≥ 0 for all rows (a, b). */
export interface LinearProgram {
  readonly objective: readonly number[]
  readonly rows: readonly (readonly number[])[]
}

const written = (numbers: readonly number[]): string =>
  numbers.map((x, j) => `${x < 0 ? '-' : '+'} ${Math.abs(x)} x${j}`).join(' ')

/** HiGHS takes texts, and ends after some 4,000 of them. */
async function oracle({ objective, rows }: LinearProgram): Promise<{ status: string; value: number }> {
  if (highs === undefined || ++calls % 2000 === 0) highs = await loadHighs()
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

export function solved({ objective, rows }: LinearProgram) {
  const solver = new LinearSolver(objective.length)
  const status = solver.solve(objective, Float64Array.from(rows.flat()))
  return { solver, status }
}

/** What is certain whatever solved it: the multipliers prove the value, or that there is no point, and the point holds all rows. */
export function expectProof(
  { objective, rows }: LinearProgram,
  { solver, status }: ReturnType<typeof solved>,
): void {
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
export const wholePrograms = fc.integer({ min: 1, max: 5 }).chain((n) =>
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
export const feasiblePrograms = fc.integer({ min: 2, max: 8 }).chain((n) =>
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

/** The status and value that HiGHS finds, with proof. @returns how it was decided */
const expectAsHighs = async (program: LinearProgram): Promise<Verified> => {
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
  return made.solver.verified
}

export const wholeProgramsAreAsHighs = (runs: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(wholePrograms, async (program) => void (await expectAsHighs(program))),
    { numRuns: runs },
  )

/** Most of them without exact arithmetic. */
export async function feasibleProgramsAreAsHighs(runs: number): Promise<void> {
  let checked = 0
  let all = 0
  await fc.assert(
    fc.asyncProperty(feasiblePrograms, async (program) => {
      const verified = await expectAsHighs(program)
      all++
      if (verified === 'checked') checked++
    }),
    { numRuns: runs, endOnFailure: true },
  )
  expect(checked).toBeGreaterThan(0.5 * all)
}
