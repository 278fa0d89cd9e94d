import { groupAction, leavingShare } from '@facet/geometry'
import { init, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import type { GivenRows } from '../run/data-facts.ts'
import { makeData } from '../run/make-data.ts'
import { makeModel } from '../run/make-model.ts'
import { Run } from '../run/run.ts'
import { type DataRecipe, defaultRecipe, type Recipe } from '../state/recipe.ts'
import { Symmetry } from './symmetry-facts.ts'

beforeAll(() => init({ relaxedSimd: false }))

const recipeOf = (data: Partial<DataRecipe>): Recipe => ({
  ...defaultRecipe,
  data: { ...defaultRecipe.data, points: 40, ...data },
})

async function sceneOf(data: Partial<DataRecipe>, given: GivenRows | null = null) {
  const recipe = recipeOf(data)
  const facts = makeData(recipe, given)
  return { facts, model: makeModel(recipe, facts), symmetry: await Symmetry.of(facts, recipe) }
}

const rowsOfFile = (width: number, count = 30): GivenRows => ({
  values: Float32Array.from({ length: count * width }, (_, i) => Math.sin(i * i + (i % width))),
  width,
  labels: null,
  classes: null,
  columns: null,
})

const length = (v: ArrayLike<number>) => Math.hypot(...Array.from(v))
const wish = (generator: number, theta: number, sample = 3) => ({ sample, generator, theta })

it('turns a point of the plane by θ, and says what the model makes of it and how far that is', async () => {
  const { facts, model, symmetry } = await sceneOf({ set: 'circle' })
  const [x, y] = facts.train.subarray(6, 8)
  const { generators, theta, rows } = symmetry.facts(model, null, wish(0, 0.7))
  expect(generators).toEqual(['rotation'])
  expect(theta).toBe(0.7)
  const [{ name, moved, reconstructed, error, leaving }] = rows
  expect(name).toBe('rotation')
  const turned = [x * Math.cos(0.7) - y * Math.sin(0.7), x * Math.sin(0.7) + y * Math.cos(0.7)]
  turned.forEach((value, i) => expect(moved[i]).toBeCloseTo(value, 6))
  const made = model.reconstruct(tensor([turned])).toArray() as number[][]
  made[0].forEach((value, i) => expect(reconstructed[i]).toBeCloseTo(value, 5))
  expect(error).toBeCloseTo((made[0][0] - turned[0]) ** 2 / 2 + (made[0][1] - turned[1]) ** 2 / 2, 6)
  const tangent = tensor([[[-turned[1], turned[0]]]])
  const [[share]] = leavingShare(model, tensor([turned]), tangent).toArray() as number[][]
  expect(leaving).toBeCloseTo(share, 4)
})

it('on the curve has the errors of the row at its θ, and at θ = 0 that of the sample for every generator', async () => {
  const { facts, model, symmetry } = await sceneOf({ set: 'torus' })
  const places = symmetry.facts(model, null, wish(1, 0)).along.theta
  expect(places[0]).toBeCloseTo(-Math.PI, 6)
  expect(places[places.length - 1]).toBeCloseTo(Math.PI, 6)
  const i = 12
  const { rows, along } = symmetry.facts(model, null, wish(1, places[i]))
  expect(rows.map(({ name }) => name)).toEqual(['rotation x, z', 'random', 'permuted'])
  rows.forEach(({ error, moved }, k) => {
    expect(along.errors[k][i]).toBeCloseTo(error, 6)
    expect(along.paths[k].moved.slice(3 * i, 3 * i + 3)).toEqual(moved)
  })
  const middle = (places.length - 1) / 2
  expect(places[middle]).toBe(0)
  const [own, random, permuted] = along.errors.map((errors) => errors[middle])
  expect(random).toBeCloseTo(own, 5)
  expect(permuted).toBeCloseTo(own, 5)
  expect(new Set(along.errors.map((errors) => errors[i])).size).toBe(3)
  for (const { moved } of rows) expect(length(moved)).toBeCloseTo(length(facts.train.subarray(9, 12)), 5)
})

it('permutes the axes of space in a cycle', async () => {
  const { facts, model, symmetry } = await sceneOf({ set: 'torus' })
  const [a, b, c] = facts.train.subarray(9, 12)
  const { moved } = symmetry.facts(model, null, wish(0, 0.5)).rows[2]
  // Coordinates 1 and 2 take the places of x and y.
  expect(moved[0]).toBeCloseTo(a, 6)
  expect(moved[1]).toBeCloseTo(b * Math.cos(0.5) - c * Math.sin(0.5), 5)
  expect(moved[2]).toBeCloseTo(b * Math.sin(0.5) + c * Math.cos(0.5), 5)
})

describe('of samples of the bank', () => {
  it.each([
    ['cbf', ['shift', 'time warp', 'amplitude']],
    ['digits', ['shift across', 'shift down', 'rotation', 'zoom']],
  ] as const)(
    '%s knows what moves them, each of which changes them, and a random one as much',
    async (set, names) => {
      const { facts, model, symmetry } = await sceneOf({ set })
      const { width, train } = facts
      const sample = train.slice(3 * width, 4 * width)
      names.forEach((name, generator) => {
        const still = symmetry.facts(model, null, wish(generator, 0))
        expect(still.generators).toEqual(names)
        for (const row of still.rows) row.moved.forEach((value, i) => expect(value).toBeCloseTo(sample[i], 4))
        const { rows } = symmetry.facts(model, null, wish(generator, 0.1))
        expect(rows.map((row) => row.name)).toEqual([name, 'random', 'permuted'])
        const [own, random] = rows.map((row) => length(row.moved.map((value, i) => value - sample[i])))
        expect(own).toBeGreaterThan(1e-3 * length(sample))
        // The field of a noisy series is that of the smoothed one, which is shorter than its change: 0.3 was seen.
        expect(random / own).toBeGreaterThan(0.2)
        expect(random / own).toBeLessThan(2)
      })
    },
  )

  it('shifts a series by θ times a hundredth of its length, to the right', async () => {
    const { facts, model, symmetry } = await sceneOf({ set: 'cbf' })
    const { width, train } = facts
    const { moved } = symmetry.facts(model, null, wish(0, 5 / (0.01 * width))).rows[0]
    const sample = train.subarray(3 * width, 4 * width)
    // Its own mean and deviation, which the bank gives back, are a little others without the five numbers at one end.
    const inner = [...moved.subarray(10, 110)].map((value, i) => value - sample[5 + i])
    expect(Math.max(...inner.map(Math.abs))).toBeLessThan(0.25)
    expect(length(inner) / length(sample.subarray(5, 105))).toBeLessThan(0.05)
  })
})

it('turns points of more dimensions in the plane in which they vary most, and leaves the rest of them alone', async () => {
  const { facts, model, symmetry } = await sceneOf({ set: 'file' }, rowsOfFile(80))
  const { generators, rows, along } = symmetry.facts(model, null, wish(0, Math.PI))
  expect(generators).toEqual(['rotation PCA 1, 2'])
  expect(along.paths).toEqual([])
  const x = facts.train.subarray(3 * 80, 4 * 80)
  for (const { moved } of rows) expect(length(moved)).toBeCloseTo(length(x), 4)
  // Half a turn takes away twice what lies in the plane: it changes the sample, and the sample's length in the plane is half of the change.
  const change = rows[0].moved.map((value, i) => value - x[i])
  const inPlane = change.reduce((sum, value, i) => sum - value * x[i], 0) / length(change)
  expect(inPlane).toBeCloseTo(length(change) / 2, 4)
  expect(length(change)).toBeGreaterThan(0.1)
})

it('says nothing of samples of one number, which nothing moves', async () => {
  const { model, symmetry } = await (async () => {
    const recipe = { ...recipeOf({ set: 'file' }), model: { ...defaultRecipe.model, bottleneck: 1 } }
    const facts = makeData(recipe, rowsOfFile(1))
    return { model: makeModel(recipe, facts), symmetry: await Symmetry.of(facts, recipe) }
  })()
  expect(symmetry.facts(model, null, wish(0, 1)).rows).toEqual([])
})

it('has learned generators after the given ones, in the size of a rotation: the angle is that of the turn', async () => {
  const { facts, model, symmetry } = await sceneOf({ set: 'circle' })
  const learned = Float32Array.of(0, 9, -9, 0, 3, 0, 0, 3)
  expect(symmetry.generators(learned)).toEqual(['rotation', 'learned 1', 'learned 2'])
  const [x, y] = facts.train.subarray(6, 8)
  const { moved } = symmetry.facts(model, learned, wish(1, Math.PI / 2)).rows[0]
  expect(moved[0]).toBeCloseTo(y, 5)
  expect(moved[1]).toBeCloseTo(-x, 5)
  const grown = symmetry.facts(model, learned, wish(2, 1)).rows[0].moved
  expect(grown[0]).toBeCloseTo(x * Math.E, 4)
  const beyond = symmetry.facts(model, learned, wish(9, 99, 1e9))
  expect(beyond.theta).toBe(Math.PI)
  expect(beyond.rows[0].name).toBe('learned 2')
  const { name, moved: still } = symmetry.facts(model, new Float32Array(4), wish(1, 1)).rows[0]
  expect(name).toBe('learned')
  expect(Array.from(still)).toEqual([x, y])
})

it('reads the generators of a run that learns them', async () => {
  const recipe: Recipe = {
    ...recipeOf({ set: 'circle' }),
    training: { ...defaultRecipe.training, objective: 'lieGroupFirstOrder' },
  }
  const facts = makeData(recipe, null)
  const run = await Run.of(recipe, facts)
  run.step()
  const learned = run.generators()
  const { generators, rows } = (await Symmetry.of(facts, recipe)).facts(run.model, learned, wish(1, 1))
  expect(generators.slice(0, 2)).toEqual(['rotation', generators.length > 2 ? 'learned 1' : 'learned'])
  // A skew-symmetric matrix of the plane is the rotation, one way or the other.
  expect(length(rows[0].moved)).toBeCloseTo(length(facts.train.subarray(6, 8)), 5)
  run.release()
})

it('is the same for the same seed, and has another random generator for another', async () => {
  const { facts, model, symmetry } = await sceneOf({ set: 'moons' })
  const randomOf = (which: Symmetry) => which.facts(model, null, wish(0, 1)).rows[1].moved
  const again = await Symmetry.of(facts, recipeOf({ set: 'moons' }))
  const other = await Symmetry.of(facts, { ...recipeOf({ set: 'moons' }), seed: 1 })
  expect(randomOf(again)).toEqual(randomOf(symmetry))
  expect(randomOf(other)).not.toEqual(randomOf(symmetry))
})

it('goes along a wide matrix in steps to where one exponential leads', async () => {
  const { facts, model, symmetry } = await sceneOf({ set: 'file' }, rowsOfFile(40))
  const G = Float32Array.from({ length: 40 * 40 }, (_, i) => Math.sin(i * i))
  const scale = Math.SQRT2 / length(G)
  for (const theta of [-2.5, 0, 1]) {
    const { moved, error } = symmetry.facts(model, G, wish(1, theta)).rows[0]
    const x = tensor(facts.train.slice(3 * 40, 4 * 40), { shape: [1, 40] })
    const whole = groupAction(tensor(G, { shape: [1, 40, 40] }), tensor([[theta * scale]]), x).points
    const [wanted] = whole.toArray() as number[][]
    wanted.forEach((value, i) => expect(moved[i]).toBeCloseTo(value, 4))
    const { theta: places, errors } = symmetry.facts(model, G, wish(1, theta)).along
    const nearest = places.findIndex((place) => place >= theta)
    expect(errors[0][nearest - 1]).not.toBe(errors[0][nearest])
    expect(Math.min(errors[0][nearest - 1], errors[0][nearest])).toBeLessThanOrEqual(1.1 * error)
  }
})

it('asks the weights anew where the way of a sample is known already', async () => {
  const { facts, model, symmetry } = await sceneOf({ set: 'torus' })
  const other = makeModel({ ...recipeOf({ set: 'torus' }), seed: 5 }, facts)
  const first = symmetry.facts(model, null, wish(0, 1))
  const second = symmetry.facts(other, null, wish(0, 1))
  expect(second.along.paths[0].moved).toEqual(first.along.paths[0].moved)
  expect(second.along.errors[0]).not.toEqual(first.along.errors[0])
  expect(second.rows[0].error).not.toBe(first.rows[0].error)
  const next = symmetry.facts(model, null, wish(0, 1, 4))
  expect(next.along.paths[0].moved).not.toEqual(first.along.paths[0].moved)
})
