import { loadModel, saveModel } from '@facet/models'
import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { defaultRecipe, objectiveNames, type Recipe, type SetName, setNames } from '../state/recipe.ts'
import { makeData } from './make-data.ts'
import { makeModel } from './make-model.ts'
import { checksumOf, giveWeights, Run, weightsOf } from './run.ts'

beforeAll(() => init({ relaxedSimd: false }))

const recipeOf = (set: SetName, rest: Partial<Recipe['training']> = {}): Recipe => ({
  ...defaultRecipe,
  data: { ...defaultRecipe.data, set, points: 30, drawn: [0, 0, 500, 500, -500, 250, 100, 900, 0, -700] },
  model: { ...defaultRecipe.model, encoder: [8], decoder: [8, 8] },
  training: { ...defaultRecipe.training, ...rest },
})

const rows = {
  values: Float32Array.from({ length: 60 }, (_, i) => Math.sin(i)),
  width: 3,
  labels: null,
  classes: null,
  columns: null,
}

async function after(recipe: Recipe, steps: number): Promise<{ checksum: string; run: Run }> {
  const run = await Run.of(recipe, makeData(recipe, recipe.data.set === 'file' ? rows : null))
  while (run.stepsDone < steps) run.step()
  return { checksum: checksumOf(run.weights(new Float32Array(run.parameters))), run }
}

describe('Run', () => {
  it.each(setNames)('learns %s, to the same bits every time', async (set) => {
    const recipe = recipeOf(set)
    const { checksum, run } = await after(recipe, 60)
    expect((await after(recipe, 60)).checksum).toBe(checksum)
    expect((await after({ ...recipe, seed: 1 }, 60)).checksum).not.toBe(checksum)
    const first = (await after(recipe, 1)).run.point().loss
    expect(run.point().loss).toBeLessThan(first)
    expect(run.point()).toMatchObject({ step: 60, live: 2 })
  })

  it.each(objectiveNames)('trains with %s', async (objective) => {
    const { run } = await after(recipeOf('circle', { objective }), 12)
    expect(run.point().loss).toBeGreaterThan(0)
    const isLearned = /Order$/.test(objective) && objective.startsWith('lie')
    expect(run.generators() !== null).toBe(isLearned)
    run.release()
  })

  it('takes as many drawn samples a step as there are, where a batch would be more', async () => {
    expect((await after(recipeOf('drawn', { batch: 100 }), 5)).run.stepsDone).toBe(5)
  })

  it('says what a set has no generators for', async () => {
    const recipe = { ...recipeOf('file', { objective: 'lieGroupOrbit' }) }
    const wide = { ...rows, width: 5 }
    await expect(Run.of(recipe, makeData(recipe, wide))).rejects.toThrow(
      /generators are known; got rows of 5 columns/,
    )
    expect(() => makeData(recipe, null)).toThrow('expected the rows of')
  })
})

it('weights go from one model to another, and to a file', async () => {
  const recipe = recipeOf('moons')
  const { run } = await after(recipe, 20)
  const weights = run.weights(new Float32Array(run.parameters))
  const other = makeModel(recipe, run.facts)
  giveWeights(other, weights)
  expect(weightsOf(other, new Float32Array(run.parameters))).toEqual(weights)
  const loaded = loadModel(await saveModel(other))
  expect(checksumOf(weightsOf(loaded, new Float32Array(run.parameters)))).toBe(checksumOf(weights))
})
