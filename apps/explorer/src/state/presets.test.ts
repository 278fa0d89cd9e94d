import { planePartition } from '@facet/geometry'
import { Network, pca } from '@facet/models'
import { init, tensor } from '@facet/tensor'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { asTensor, makeData } from '../run/make-data.ts'
import { Run } from '../run/run.ts'
import { presetOf, presets } from './presets.ts'
import type { Recipe } from './recipe.ts'
import { defaultRecipe } from './recipe.ts'

beforeAll(() => init({ relaxedSimd: false }))

const runs: Run[] = []
afterEach(() => {
  for (const run of runs.splice(0)) run.release()
})

async function trained(recipe: Recipe, steps: number): Promise<Run> {
  const run = await Run.of(recipe, makeData(recipe, null))
  runs.push(run)
  for (let i = 0; i < steps; i++) run.step()
  return run
}

const stateOf = (name: string) => presets.find((preset) => preset.name === name)!.state
const preset = (name: string, change: (recipe: Recipe) => Recipe = (recipe) => recipe) => {
  const { recipe, step } = stateOf(name)
  return trained(change(recipe), step)
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const rows = (run: Run, values: Float32Array) => asTensor(values, run.facts.width)
const codes = (run: Run) => run.model.encode(rows(run, run.facts.train)).toArray() as number[][]
const decoded = (run: Run, z: number[][]) => run.model.decode(tensor(z)).toArray() as number[][]
const error = (run: Run, values: Float32Array) => {
  const out = run.model.reconstruct(rows(run, values)).dataSync()
  return mean(Array.from(out, (value, i) => (value - values[i]) ** 2))
}
const linearError = (run: Run) =>
  Number(pca(rows(run, run.facts.train), 2).error(rows(run, run.facts.validation)))

/** The decoder's curve over the codes of the data, widened on both sides by a share of their span. */
function curve(run: Run, widened: number, points = 3000): number[][] {
  const z = codes(run).map(([code]) => code)
  const [low, high] = [Math.min(...z), Math.max(...z)]
  const begin = low - widened * (high - low)
  const step = ((1 + 2 * widened) * (high - low)) / (points - 1)
  return decoded(
    run,
    Array.from({ length: points }, (_, i) => [begin + i * step]),
  )
}

const distance = ([ax, ay]: readonly number[], [bx, by]: readonly number[]) => Math.hypot(ax - bx, ay - by)

/** Mean distance to the curve from 50 points of the half circle between the two arcs. */
const gapDistance = (run: Run) => {
  const drawn = curve(run, 0.1)
  return mean(
    Array.from({ length: 50 }, (_, i) => {
      const angle = Math.PI * (0.25 + (i + 0.5) / 100)
      return Math.min(...drawn.map((point) => distance(point, [Math.cos(angle), Math.sin(angle)])))
    }),
  )
}

/** Straight sides of a curve: half their lengths are the radii of its regions. */
function sides(points: readonly number[][]): number[] {
  const bends = [0]
  const heading = (i: number) => Math.atan2(points[i + 1][1] - points[i][1], points[i + 1][0] - points[i][0])
  for (let i = 1; i < points.length - 1; i++)
    if (Math.abs(Math.sin(heading(i) - heading(i - 1))) > 1e-3 && i > bends[bends.length - 1] + 1)
      bends.push(i)
  bends.push(points.length - 1)
  return bends.slice(1).map((bend, i) => distance(points[bend], points[bends[i]]))
}

describe('presets', () => {
  it('are told from each other by their recipes, and from a recipe that is none', async () => {
    for (const one of presets) expect(presetOf(one.state)).toBe(one)
    expect(presetOf({ ...stateOf('circle'), recipe: { ...defaultRecipe, seed: 4 } })).toBeNull()
    expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length)
  })

  it('circle: exact on the points, far off in the gap', async () => {
    const run = await preset('circle')
    expect(error(run, run.facts.train)).toBeCloseTo(4e-5, 5)
    expect(error(run, run.facts.validation)).toBeCloseTo(0.2, 2)
  })

  it('gap, closed: 0.27 from the circle without a generator, 0.01 with one', async () => {
    expect(gapDistance(await preset('gap'))).toBeCloseTo(0.27, 2)
    const closed = await preset('closed')
    expect(gapDistance(closed)).toBeCloseTo(0.01, 2)
    const [g11, g12, g21, g22] = closed.generators()!
    expect([g11, g22, g12 + g21]).toEqual([0, 0, 0])
  })

  it('fooled: nothing is left of R1 on a straight line that misses the data', async () => {
    const run = await preset('fooled')
    const line = curve(run, 0, 201)
    const length = line.slice(1).reduce((sum, point, i) => sum + distance(point, line[i]), 0)
    expect(distance(line[0], line[200]) / length).toBeGreaterThan(0.999)
    expect(length).toBeGreaterThan(2)
    const generator = run.generators()!
    let [left, all] = [0, 0]
    for (let i = 10; i < line.length; i++) {
      const [from, to] = [line[i - 10], line[i]]
      const moved = [0, 1].map((j) => generator[2 * j] * from[0] + generator[2 * j + 1] * from[1])
      const step = [to[0] - from[0], to[1] - from[1]]
      const epsilon = (step[0] * moved[0] + step[1] * moved[1]) / (moved[0] ** 2 + moved[1] ** 2)
      left += (step[0] - epsilon * moved[0]) ** 2 + (step[1] - epsilon * moved[1]) ** 2
      all += step[0] ** 2 + step[1] ** 2
    }
    expect(left / all).toBeLessThan(1e-3)
    expect(error(run, run.facts.train)).toBeGreaterThan(0.1)
    const plain = await preset('fooled', (recipe) => ({
      ...recipe,
      training: { ...recipe.training, objective: 'reconstruction' },
    }))
    expect(error(plain, plain.facts.train)).toBeLessThan(0.02)
  })

  it('dead: one coordinate of all codes is 0, which costs a hundred times', async () => {
    const run = await preset('dead')
    expect(run.point().live).toBe(1)
    expect(codes(run).every(([, second]) => second === 0)).toBe(true)
    const linear = await preset('dead', (recipe) => ({
      ...recipe,
      model: { ...recipe.model, bottleneckActivation: 'identity' },
    }))
    expect(run.point().validation / linear.point().validation).toBeGreaterThan(100)
  })

  it('wedges: all regions have the origin for a corner', async () => {
    const { model } = await preset('wedges')
    const partition = planePartition(new Network([...model.encoder.layers, ...model.decoder.layers]), {
      window: [-2, 2],
    })
    expect(partition.regions).toBe(120)
    for (let i = 0; i < partition.regions; i++)
      expect(Math.min(...partition.region(i).corners.map(([s, t]) => Math.hypot(s, t)))).toBe(0)
  })

  it('polygon: within 0.05 of the circle, while the sum of the radii stays at half its length', async () => {
    const ofUnits = async (units: number) => {
      const run = await preset('polygon', (recipe) => ({
        ...recipe,
        model: { ...recipe.model, decoder: [units] },
      }))
      const points = curve(run, 0)
      const off = Math.max(...points.map(([x, y]) => Math.abs(Math.hypot(x, y) - 1)))
      const lengths = sides(points)
      return { off, sum: lengths.reduce((sum, length) => sum + length, 0) / 2, count: lengths.length }
    }
    const sums = [await ofUnits(8), await ofUnits(32)]
    expect(sums[0].off).toBeLessThan(0.055)
    expect(sums[0].sum).toBeCloseTo(1.54, 1)
    expect(sums[1].count).toBeGreaterThan(2 * sums[0].count)
    expect(sums[1].off).toBeLessThan(0.02)
    expect(sums[1].sum).toBeCloseTo(1.55, 1)
  })

  it('folds: a unit of the first layer has walls in one direction, one of the last in many', async () => {
    const { model } = await preset('folds')
    const partition = planePartition(model.encoder, { window: [-1.5, 1.5] })
    const directions = new Map<string, Set<number>>()
    for (let i = 0; i < partition.regions; i++)
      for (const { wall, from, to } of partition.region(i).neighbours) {
        const angle = Math.atan2(to[1] - from[1], to[0] - from[0])
        const key = wall.join()
        directions.set(
          key,
          (directions.get(key) ?? new Set()).add(Math.round(((angle + 2 * Math.PI) % Math.PI) * 50)),
        )
      }
    const most = (layer: number) =>
      Math.max(...[...directions].map(([key, seen]) => (key.startsWith(`${layer},`) ? seen.size : 0)))
    const layers = [...new Set([...directions.keys()].map((key) => Number(key.split(',')[0])))].sort(
      (a, b) => a - b,
    )
    expect(most(layers[0])).toBeLessThanOrEqual(2)
    expect(most(layers[layers.length - 1])).toBeGreaterThan(5)
    expect(partition.regions).toBeGreaterThan(250)
  })

  it('roll: less than a quarter of the error of the best plane', async () => {
    const run = await preset('roll')
    expect(linearError(run) / run.point().validation).toBeGreaterThan(4)
  })

  it('series: 0.47 without the warps, 0.35 with them, 0.41 linear', async () => {
    const plain = await preset('series', (recipe) => ({
      ...recipe,
      training: { ...recipe.training, objective: 'reconstruction' },
    }))
    expect(plain.point().validation).toBeCloseTo(0.47, 2)
    const run = await preset('series')
    expect(run.point().validation).toBeCloseTo(0.35, 2)
    expect(linearError(run)).toBeCloseTo(0.41, 2)
  })

  it('digits: four fifths of the error of two linear components', async () => {
    const run = await preset('digits')
    expect(run.point().validation / linearError(run)).toBeLessThan(0.82)
  })
})
