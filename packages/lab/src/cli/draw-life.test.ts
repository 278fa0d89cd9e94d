import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { autoencoder, saveModel } from '@facet/models'
import { key } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { exitCode } from './exit-code.ts'
import { facet } from './testing/facet.ts'

let folder: string
const at = (name: string) => join(folder, name)

async function json(...args: string[]) {
  const { code, out, err } = await facet(...args, '--json')
  expect([code, err]).toEqual([exitCode.ok, ''])
  return JSON.parse(out)
}

const saved = async (name: string, seed: number, hidden = 8) =>
  writeFileSync(
    at(name),
    await saveModel(
      autoencoder({ input: 3, bottleneck: 2, encoderHidden: [hidden], decoderHidden: [8], seed }),
    ),
  )

beforeAll(async () => {
  await startEngine()
  folder = mkdtempSync(join(tmpdir(), 'facet-life-'))
  const rows = key(3).normal([40, 3], 'float64').toArray() as number[][]
  writeFileSync(at('rows.csv'), ['a,b,c', ...rows.map((row) => row.join(','))].join('\n'))
  mkdirSync(at('models'))
  for (const [i, name] of ['step-2', 'step-10', 'first', 'second'].entries())
    await saved(`models/${name}.safetensors`, i)
  await saved('models/wider-11.safetensors', 1, 9)
})
afterAll(() => rmSync(folder, { recursive: true }))

const model = (name: string) => at(`models/${name}.safetensors`)
const draw = (...args: string[]) => ['draw', 'life', ...args, '--out', at('life.svg')]
const stepsOf = ({ life }: { life: { step: number }[] }) => life.map(({ step }) => step)

describe('facet draw life', () => {
  it('draws the epochs that facet train kept, their data in the units of the model', async () => {
    const data = ['--data', at('rows.csv')]
    const trained = await facet(
      ...['train', ...data, '--out', at('kept'), '--epochs', '5', '--hidden', '8', '--bottleneck', '2'],
      ...['--batch-size', '8', '--learning-rate', '0.01', '--keep-every', '2'],
    )
    expect(trained.code).toBe(exitCode.ok)
    const plane = ['--plane', 'pca', '--bounds', '-2,2', ...data]
    const found = await json(...draw(at('kept'), ...plane))
    expect([found.counts, stepsOf(found), found.radius]).toEqual(['epochs', [0, 2, 4], 0.2])
    const { life } = found
    for (const [i, { regions, kept, born, died, wallDistance, regionsNear }] of life.entries()) {
      expect(wallDistance.low).toBeLessThan(wallDistance.median)
      expect(regionsNear).toBeLessThanOrEqual(regions)
      if (i > 0) expect([kept + born, kept + died]).toEqual([regions, life[i - 1].regions])
    }
    // Normalised rows are about 0: their plane is that of `facet partition` of the folder.
    const { plane: ofFolder } = await json('partition', at('kept'), ...plane)
    expect(found.plane).toEqual(ofFolder)
    const svg = readFileSync(at('life.svg'), 'utf8')
    for (const title of ['Regions', 'Born (solid)', 'nearest wall', 'Regions near the data', 'Mean move'])
      expect(svg).toContain(title)
    expect(svg).toContain('seed 0')
    expect(svg).toContain('facet draw life')
    const none = await facet(...draw(at('kept'), '--plane', 'pca'))
    expect(none.code).toBe(exitCode.usage)
  })

  it('takes model files, whose steps are the numbers in their names if these grow, else 1, 2, …', async () => {
    const decoder = ['--part', 'decoder', '--bounds', '-3,3']
    const numbered = await json(...draw(model('step-2'), model('step-10'), ...decoder))
    expect([numbered.counts, stepsOf(numbered)]).toEqual(['numbers in names', [2, 10]])
    const { regions } = await json('partition', model('step-10'), ...decoder)
    expect(numbered.life[1].regions).toBe(regions)
    expect(numbered.life[1].wallDistance).toBe(null)
    const svg = readFileSync(at('life.svg'), 'utf8')
    expect(svg).toContain('Born (solid)')
    expect(svg).not.toContain('nearest wall')
    const back = await json(...draw(model('step-10'), model('step-2'), ...decoder))
    expect([back.counts, stepsOf(back)]).toEqual(['models', [1, 2]])
    expect(back.life[1].born).toBe(numbered.life[1].died)
    expect(stepsOf(await json(...draw(model('first'), model('second'), ...decoder)))).toEqual([1, 2])
  })

  it('says what it expects, with exit code 2', async () => {
    const decoder = ['--part', 'decoder']
    const cases: [string[], string][] = [
      [[model('first'), ...decoder], 'expected two networks or more of one training'],
      [[model('first'), model('none')], 'there is no such file or folder'],
      [[model('first'), model('second')], '--plane: expected a plane of the 3 inputs'],
      [[model('step-2'), model('wider-11'), ...decoder], 'wider-11.safetensors: expected the units of '],
      [[model('first'), model('second'), ...decoder, '--radius', '0'], 'xpected a radius above 0'],
    ]
    for (const [args, message] of cases) {
      const { code, err } = await facet(...draw(...args))
      expect([code, err]).toEqual([exitCode.usage, expect.stringContaining(message)])
    }
  })
})
