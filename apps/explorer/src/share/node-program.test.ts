import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { init } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readTable } from '../data/read-table.ts'
import type { DataFacts } from '../run/data-facts.ts'
import { makeData } from '../run/make-data.ts'
import { checksumOf, Run } from '../run/run.ts'
import {
  type DataRecipe,
  defaultRecipe,
  generatorNames,
  type ModelRecipe,
  objectiveNames,
  type Recipe,
  samplerNames,
  setNames,
  type TrainingRecipe,
} from '../state/recipe.ts'
import { defaultState, type State } from '../state/state.ts'
import { nodeProgram } from './node-program.ts'

/** In the app, so that a program finds the packages. */
const folder = mkdtempSync(join(import.meta.dirname, '../../.programs-'))
const STEPS = 6
let programs = 0

beforeAll(() => init({ backend: 'wasm', relaxedSimd: false }))
afterAll(() => rmSync(folder, { recursive: true }))

interface Some {
  readonly data?: Partial<DataRecipe>
  readonly model?: Partial<ModelRecipe>
  readonly training?: Partial<TrainingRecipe>
  readonly seed?: number
}

const stateOf = ({ data, model, training, seed = 5 }: Some, step = STEPS): State => ({
  ...defaultState,
  recipe: {
    data: { ...defaultRecipe.data, points: 40, ...data },
    model: { ...defaultRecipe.model, encoder: [8], decoder: [8, 8], ...model },
    training: { ...defaultRecipe.training, batch: 16, ...training },
    seed,
  },
  step,
})

/** Weights after the steps of a state as the page trains them. */
async function trained(recipe: Recipe, facts: DataFacts, steps: number): Promise<string> {
  const run = await Run.of(recipe, facts)
  for (let step = 0; step < steps; step++) run.step()
  const checksum = checksumOf(run.weights(new Float32Array(run.parameters)))
  run.release()
  return checksum
}

/** What a program prints. */
async function outputOf(program: string): Promise<string> {
  const lines: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
  try {
    const path = join(folder, `${programs++}.generated.ts`)
    writeFileSync(path, program)
    await import(path)
  } finally {
    log.mockRestore()
  }
  return lines.join('\n')
}

async function* bytesOf(content: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(content)
}

const drawn = Array.from({ length: 60 }, (_, i) => Math.round(900 * Math.sin(1.7 * i)))

async function expectSame(state: State, window: { s: [number, number]; t: [number, number] } | null = null) {
  const facts = makeData(state.recipe, null)
  const checksum = await trained(state.recipe, facts, state.step)
  const output = await outputOf(nodeProgram(state, { facts, checksum, window }))
  expect(output).toContain(`step ${state.step}: weights ${checksum}\nthe same bits as in the page\n`)
  return output
}

describe('the program of a state trains the weights of the page', () => {
  it.each(setNames.filter((set) => set !== 'file'))('on %s', async (set) => {
    await expectSame(stateOf({ data: { set, noise: 0.05, drawn } }))
  })

  it.each(objectiveNames)('with %s', async (objective) => {
    await expectSame(stateOf({ training: { objective, weight: 0.1 } }))
  })

  it.each(
    (['lieGroupFirstOrder', 'lieGroupSecondOrder'] as const).flatMap((objective) =>
      generatorNames.map((generators) => ({ objective, generators })),
    ),
  )('with $generators generators of $objective', async (training) => {
    await expectSame(stateOf({ training }))
  })

  it.each(samplerNames)('with pairs drawn by %s', async (sampler) => {
    await expectSame(stateOf({ training: { objective: 'lieGroupFirstOrder', sampler } }))
  })

  it.each(['torus', 'cbf', 'digits'] as const)('with the generators that act on %s', async (set) => {
    await expectSame(stateOf({ data: { set }, training: { objective: 'lieGroupOrbit' } }))
  })

  it.each<[string, Partial<ModelRecipe>]>([
    ['principal components beside it', { skip: true }],
    ['no biases and a bottleneck of one', { bias: false, bottleneck: 1 }],
    ['other activations', { activation: 'abs', bottleneckActivation: 'leakyRelu' }],
    ['no hidden layers', { encoder: [], decoder: [] }],
  ])('of a network with %s', async (_, model) => {
    await expectSame(stateOf({ model }))
  })

  it.each([
    [
      'columns that have names, labels and gaps',
      'auto',
      'a,b,kind',
      (i: number) => `${i},${i === 3 ? '' : i * i},k${i % 2}`,
    ],
    ['columns without names', 'none', null, (i: number) => `${Math.sin(i)},${Math.cos(2 * i)}`],
  ] as const)('on a file with %s', async (_, label, head, line) => {
    const rows = Array.from({ length: 30 }, (_, i) => line(i))
    const content = `${(head === null ? rows : [head, ...rows]).join('\n')}\n`
    const name = join(folder, `${programs}.csv`)
    writeFileSync(name, content)
    const table = await readTable(bytesOf(content), { name, label })
    const state = stateOf({ data: { set: 'file', file: { name, checksum: table.checksum } } })
    const facts = makeData(state.recipe, table.rows)
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const checksum = await trained(state.recipe, facts, STEPS)
    expect(await outputOf(nodeProgram(state, { facts, checksum, window: null }))).toContain('the same bits')
    expect(warn).not.toHaveBeenCalled()
    warn.mockRestore()
  })

  it('before its first step', async () => {
    await expectSame(stateOf({}, 0))
  })

  it('with batches as large as the set', async () => {
    await expectSame(stateOf({ data: { points: 10 }, training: { batch: 64 } }))
  })
})

describe('the program of a state', () => {
  it('counts the regions of the window that the page shows', async () => {
    const output = await expectSame(stateOf({}), { s: [-2, 2], t: [-2, 2] })
    expect(output).toMatch(/\n\d+ regions with training samples\n\d+ regions in the window of the page$/)
  })

  it('says where its weights are others', async () => {
    const state = stateOf({})
    const program = nodeProgram(state, {
      facts: makeData(state.recipe, null),
      checksum: '00000000',
      window: null,
    })
    expect(await outputOf(program)).toContain('not the weights of the page')
  })

  it('makes what the recipe says by calls of the packages', () => {
    const state = stateOf({ training: { objective: 'lieGroupFirstOrder' }, model: { skip: true } }, 1500)
    const facts = makeData(state.recipe, null)
    const program = nodeProgram(state, { facts, checksum: null, window: null })
    expect(program).toContain("import { circle } from '@facet/data'\n")
    expect(program).toContain("import { lieGroupFirstOrder, skewSymmetric } from '@facet/regularizers'\n")
    expect(program).toContain('const { train, test } = circle({ points: 40, noise: 0, seed: 5, gap: [')
    expect(program).toContain("  skip: 'pca',\n  data: train,\n})")
    expect(program).toContain(`  objective: [
    reconstruction(),
    lieGroupFirstOrder({ weight: 0.01, sampler: 'normal', generators: skewSymmetric() }),
  ],`)
    expect(program).toContain('for (let step = 0; step < 1500; step++) {')
  })

  it('reads a file of any name as a text', () => {
    const file = { name: `'; process.exit() //\n\u2028"\\`, checksum: '1a2b3c4d' }
    const program = nodeProgram(stateOf({ data: { set: 'file', file } }), {
      facts: { kind: 'points', width: 2, image: null, columns: ["it's", '`x`\n'] },
      checksum: null,
      window: null,
    })
    expect(program).toContain(String.raw`parseSamples("'; process.exit() //\n\u2028\"\\", {`)
    expect(program).toContain('columns: ["it\'s", "`x`\\n"],')
  })
})
