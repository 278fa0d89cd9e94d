import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { fileNames } from '../../model/files.ts'
import { exitCode } from '../exit-code.ts'
import { facetProcess } from '../testing/facet-process.ts'
import { writeCardTable } from './testing/card-table.ts'
import { writeHeartbeats } from './testing/heartbeats.ts'
import { temporaryFolder } from './testing/temporary.ts'

const python = '/usr/bin/python3'
const hasModule = (name: string): boolean => spawnSync(python, ['-c', `import ${name}`]).status === 0

/** What the lines for PyTorch need of the package safetensors, which Debian does not have: tensors of float32 and float64. */
const safetensors = `import json, torch
class safe_open:
    def __init__(self, path, framework):
        assert framework == "pt"
        self.raw = open(path, "rb").read()
        self.start = 8 + int.from_bytes(self.raw[:8], "little")
        self.head = json.loads(self.raw[8 : self.start])
        self.info = self.head.pop("__metadata__")
    __enter__ = lambda self: self
    def __exit__(self, *_): pass
    def keys(self): return self.head.keys()
    def metadata(self): return self.info
    def get_tensor(self, name):
        kind = {"F32": torch.float32, "F64": torch.float64}[self.head[name]["dtype"]]
        a, b = (self.start + at for at in self.head[name]["data_offsets"])
        return torch.frombuffer(bytearray(self.raw[a:b]), dtype=kind).reshape(self.head[name]["shape"])
`

/** A file, how a model of it is made, and how Python reads the same rows without Facet. */
interface Case {
  readonly file: string
  /** Of training alone. */
  readonly trained: readonly string[]
  /** Of reconstructing as well. */
  readonly args: readonly string[]
  /** Columns before the numbers of the table of reconstructions. */
  readonly before: number
  readonly reading: string
}

const cases: Readonly<Record<string, Case>> = {
  'a table, normalised column by column': {
    file: 'cards.csv',
    trained: ['--labels', 'Class', '--drop', 'Time', '--bottleneck-activation', 'leakyRelu'],
    args: ['--where', 'Class=0'],
    before: 1,
    reading: `with open(path) as lines:
    x = np.array([[float(cell.strip('"\\n')) for cell in line.split(",")] for line in list(lines)[1:]])
x = x[x[:, 30] == 0, 1:30]`,
  },
  'series, normalised one by one': {
    file: 'Beats_TRAIN.tsv',
    trained: ['--hidden', '24'],
    args: ['--where', 'label=1'],
    before: 1,
    reading: 'x = np.loadtxt(path)\nx = x[x[:, 0] == 1, 1:]',
  },
  'windows of three columns': {
    file: 'cards.csv',
    trained: ['--columns', 'V1,V2,V3', '--window', '8', '--stride', '4'],
    args: [],
    before: 0,
    reading: `with open(path) as lines:
    x = np.array([[float(cell) for cell in line.split(",")[1:4]] for line in list(lines)[1:]])
x = np.stack([x[i : i + 8].ravel() for i in range(0, len(x) - 7, 4)])`,
  },
}

const at = temporaryFolder('other-tools')
const folderOf = (name: string): string => at(name.replaceAll(/\W+/g, '-'))

beforeAll(async () => {
  writeCardTable(at('cards.csv'), 400)
  writeHeartbeats(at('Beats_TRAIN.tsv'), 1, [80, 40])
  for (const [name, { file, trained, args }] of Object.entries(cases)) {
    const flags = [...trained, ...args, '--epochs', '20', '--out', folderOf(name)]
    const { code, err } = await facetProcess(['train', '--data', at(file), ...flags]).ended
    expect({ code, err }).toMatchObject({ code: exitCode.ok })
  }
}, 600_000)

/** By the lines of the README, in a folder that holds the model file and nothing else of Facet. */
function byPython(name: string, heading: string): number[][] {
  const { file, reading } = cases[name]
  const folder = at(`${heading}-${name}`.replaceAll(/\W+/g, '-'))
  mkdirSync(folder)
  if (!hasModule('safetensors')) writeFileSync(join(folder, 'safetensors.py'), safetensors)
  copyFileSync(join(folderOf(name), fileNames.weights), join(folder, fileNames.weights))
  const readme = readFileSync(join(folderOf(name), fileNames.readme), 'utf8')
  const program = readme.split(`## ${heading}`)[1].split('```python\n')[1].split('```')[0]
  const script = `import json
import numpy as np
path = ${JSON.stringify(at(file))}
${reading}
${program}
print(json.dumps(reconstruct(x).tolist()))`
  return JSON.parse(
    execFileSync(python, ['-c', script], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 }),
  )
}

async function byFacet(name: string): Promise<number[][]> {
  const { file, args, before } = cases[name]
  const out = at('rows.csv')
  const made = await facetProcess(['reconstruct', folderOf(name), at(file), ...args, '--out', out]).ended
  expect(made).toMatchObject({ code: exitCode.ok })
  const lines = readFileSync(out, 'utf8').trimEnd().split('\n')
  return lines.slice(1).map((line) => line.split(',').slice(before).map(Number))
}

/** Largest difference, of numbers above 1 as a share of them: the command writes float32. */
function difference(a: readonly number[][], b: readonly number[][]): number {
  expect(a.map((row) => row.length)).toEqual(b.map((row) => row.length))
  return Math.max(
    ...a.flatMap((row, i) => row.map((x, j) => Math.abs(x - b[i][j]) / Math.max(1, Math.abs(x)))),
  )
}

const libraries = [
  ['In NumPy', 'numpy'],
  ['In PyTorch', 'torch'],
] as const

describe.each(libraries)('a model opened with the lines of its README, "%s",', (heading, module) => {
  for (const name of Object.keys(cases)) {
    it.skipIf(!hasModule('numpy') || !hasModule(module))(`reconstructs as Facet does: ${name}`, async () => {
      expect(difference(await byFacet(name), byPython(name, heading))).toBeLessThan(1e-5)
    })
  }
})
