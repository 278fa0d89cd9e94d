import { expect, it } from 'vitest'
import { isNativeMessage, mutantsOf } from '../testing/mutants.ts'
import { goldenFile, goldenFiles, type JsonObject } from './testing/golden-files.ts'
import { verify } from './verify.ts'

const layersFile = 'layers_residual_dense_3.json'
const check = (file: JsonObject) => verify('file', JSON.stringify(file))

it.each([
  ['lists', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['objects', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  [
    'layers',
    `{"kind":"layers","layers":${'[{"kind":"residual","skip":null,"layers":'.repeat(9000)}[]${'}]'.repeat(9000)}}`,
  ],
])('%s nested thousands of times are refused with their place', async (_, text) => {
  const { pass, error } = await verify('file', text)
  expect(pass).toBe(false)
  expect(error).toContain('…: expected at most 200 lists and objects within each other, got more')
})

it.each(['constructor', 'toString', 'hasOwnProperty'])('a quantity named %s is unknown', async (name) => {
  for (const start of ['08', 'layers_res', 'train_ae']) {
    const file = goldenFile(start)
    const owner = (file.expect ?? (file.trace as JsonObject[])[3]) as JsonObject
    owner[name] = 1
    const { pass, failed } = await check(file)
    expect([pass, failed]).toEqual([false, [name]])
  }
})

it('a key __proto__ is refused, and an expectation of nothing too', async () => {
  expect((await verify('file', '{"expect": {"__proto__": 1}}')).error).toBe(
    "expect: expected other names than '__proto__'",
  )
  const file = goldenFile('08')
  file.expect = {}
  expect((await check(file)).error).toContain('expected one or more quantities')
})

it('text that is no JSON is named by line and column', async () => {
  expect((await verify('file', '{"a": 1,\n "b": nan}')).error).toBe(
    'expected JSON, found "nan}" in line 2, column 7',
  )
})

it('padding without end makes no layer without end', async () => {
  const file = {
    kind: 'layers',
    input: { shape: [1, 2, 2] },
    layers: [
      { kind: 'conv2d', W: [[[[1]]]], b: null, stride: [1, 1], padding: [1e9, 1e9], activation: 'identity' },
    ],
    x: [[1, 2, 3, 4]],
    expect: {},
  }
  expect((await check(file as unknown as JsonObject)).error).toContain(
    'layers[0]: expected at most 16777216 units',
  )
})

it(`no mutant of ${layersFile} is answered by JavaScript`, async () => {
  const bytes = new TextEncoder().encode(goldenFiles.find(({ name }) => name === layersFile)!.text)
  for (const { what, bytes: mutant } of mutantsOf(bytes, 'json', 60)) {
    const { error = '', quantities } = await verify('file', new TextDecoder().decode(mutant))
    const said = [error, ...Object.values(quantities).map(({ problem = '' }) => problem)]
    expect([what, said.filter(isNativeMessage)]).toEqual([what, []])
  }
})
