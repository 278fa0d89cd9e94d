import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { exitCode } from '../exit-code.ts'
import { facetProcess } from '../testing/facet-process.ts'
import { writeCardTable } from './testing/card-table.ts'
import { writeHeartbeats } from './testing/heartbeats.ts'
import { temporaryFolder } from './testing/temporary.ts'

const python = '/usr/bin/python3'
const hasModule = (name: string): boolean => spawnSync(python, ['-c', `import ${name}`]).status === 0

const at = temporaryFolder('other-tools')

/** Files of training, how they are trained on, and the numbers that a model is given of a line: Python reads them without Facet. */
const workflows = {
  'a table': {
    file: 'cards.csv',
    args: ['--labels', 'Class', '--where', 'Class=0', '--drop', 'Time', '--bottleneck-activation', 'relu'],
    rows: 'x = np.genfromtxt(path, delimiter=",", skip_header=1)[:, 1:-1]',
  },
  series: {
    file: 'Beats_TRAIN.tsv',
    args: ['--where', 'label=1'],
    rows: 'x = np.loadtxt(path)\nx = x[x[:, 0] == 1, 1:]',
  },
} as const

type Name = keyof typeof workflows

const folderOf = (name: Name): string => at(workflows[name].file.replace(/\..*/, ''))

/** What Python reconstructs with the lines of the README, in the folder of the model or in one with the model file and these lines alone. */
function byReadme(name: Name, language: 'numpy' | 'torch', folder: string): number[][] {
  const { file, rows } = workflows[name]
  const readme = readFileSync(`${folderOf(name)}/README.md`, 'utf8')
  const heading = { numpy: '## In NumPy', torch: '## In PyTorch' }[language]
  const program = readme.split(heading)[1].split('```python\n')[1].split('```')[0]
  const script = `import json
import numpy as np
path = ${JSON.stringify(at(file))}
${rows}
${program}
y = reconstruct(x)
print(json.dumps(y.tolist()))
`
  const said = execFileSync(python, ['-c', script], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  return JSON.parse(said)
}

/** The same rows by `facet reconstruct`. */
async function byFacet(name: Name): Promise<number[][]> {
  const { file, args } = workflows[name]
  const out = at(`${file}.out.csv`)
  const where = args.indexOf('--where' as never)
  const condition = name === 'series' ? args.slice(where, where + 2) : []
  const { code, err } = await facetProcess(['reconstruct', folderOf(name), at(file), ...condition, '--out', out])
    .ended
  expect([code, err]).toEqual([exitCode.ok, expect.any(String)])
  return readFileSync(out, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(',').map(Number))
}

beforeAll(async () => {
  writeCardTable(at('cards.csv'), 400)
  writeHeartbeats(at('Beats_TRAIN.tsv'), 1, [80, 40])
  for (const name of Object.keys(workflows) as Name[]) {
    const { file, args } = workflows[name]
    const { code } = await facetProcess([
      'train',
      '--data',
      at(file),
      ...args,
      '--epochs',
      '20',
      '--out',
      folderOf(name),
    ]).ended
    expect(code).toBe(exitCode.ok)
  }
}, 600_000)

describe('a model that the command trained, opened with the lines of the README in its folder,', () => {
  it.skipIf(!hasModule('numpy'))('is there', async () => {
    console.log((await byFacet('a table'))[0], byReadme('a table', 'numpy', folderOf('a table'))[0])
  })
})
