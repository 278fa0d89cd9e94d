// What a page loads before its first step, KB of 1,000 bytes: esbuild, minified, gzip -9, the program's file and all that it imports at once. What it may
// load later (the reference backend, threads, files of kernels) is counted apart.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const out = mkdtempSync(join(tmpdir(), 'facet-sizes-'))
afterAll(() => rmSync(out, { recursive: true }))

/** A network in ops that learns. */
const engine = `
import { affine, init, mean, reluActivation, square, sub, tensor, updateInPlace, zeros } from '@facet/tensor'
import { valueAndGrad } from '@facet/autograd'
await init(globalThis.options)
const [x, weight, bias] = [tensor([[1, 2]]), zeros([3, 2]), zeros([3])]
const loss = ([w, b]) => mean(square(sub(affine(x, w, b, reluActivation).output, 1)))
const { value, gradient } = valueAndGrad(loss)([weight, bias])
const state = { parameter: weight, velocity: zeros([3, 2]) }
updateInPlace('sgd', state, [gradient[0]], { learningRate: 0.1, momentum: 0, weightDecay: 0 })
console.log(value.item())
`

/** An autoencoder that learns and scores. */
const training = `
import { init, tensor } from '@facet/tensor'
import { adam, autoencoder, fit } from '@facet/models'
await init(globalThis.options)
const data = tensor([[1, 2, 3, 4], [2, 4, 6, 8]])
const model = autoencoder({ input: 4, encoderHidden: [8], bottleneck: 2, decoderHidden: [8], seed: 0 })
await fit(model, data, { epochs: 1, batchSize: 2, optimizer: adam({ learningRate: 1e-3 }) })
console.log(model.rowErrors(data).shape[0])
`

/** The same by the one import. */
const oneImport = `
import { fit } from '@facet/facet'
const model = await fit([[1, 2, 3, 4], [2, 4, 6, 8]], { epochs: 1 })
console.log(model.score([[1, 2, 3, 4]]).length)
`

const carried = {}
/** For kernels as files: no text of theirs is in the program. */
const asFiles = { FACET_KERNELS: '"files"' }

interface Loaded {
  /** KB that are loaded at once, and files. */
  readonly kilobytes: number
  readonly files: number
  /** Programs that are loaded when they are needed, by what they export. */
  readonly later: readonly string[]
}

const common = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  conditions: ['facet-source'],
} satisfies esbuild.BuildOptions

async function load(program: string, define: Record<string, string>): Promise<Loaded> {
  const { outputFiles, metafile } = await esbuild.build({
    ...common,
    stdin: { contents: program, resolveDir: root },
    splitting: true,
    write: false,
    metafile: true,
    define,
    absWorkingDir: out,
    outdir: out,
  })
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [
      path.replace(`${out}/`, ''),
      gzipSync(contents, { level: 9 }).length,
    ]),
  )
  const found = new Set(['stdin.js'])
  for (const file of found)
    for (const { path, kind } of metafile.outputs[file].imports)
      if (kind === 'import-statement') found.add(path)
  const bytes = [...found].reduce((sum, file) => sum + sizes.get(file)!, 0)
  const later = Object.entries(metafile.outputs).filter(([file]) => !found.has(file))
  return { kilobytes: bytes / 1000, files: found.size, later: later.flatMap(([, { exports }]) => exports) }
}

describe('what is loaded before the first step', () => {
  it.each([
    ['the engine', engine, carried, 44],
    ['training and scores', training, carried, 76],
    ['the engine with kernels as files', engine, asFiles, 29],
    ['training and scores with kernels as files', training, asFiles, 61],
    ['the one import', oneImport, carried, 103],
    ['the one import with kernels as files', oneImport, asFiles, 86],
  ])('%s', async (_, program, define, most) => {
    const { kilobytes, later } = await load(program, define)
    expect(kilobytes).toBeLessThanOrEqual(most)
    // A tenth below it the bound is to be lowered.
    expect(kilobytes).toBeGreaterThan(most * 0.9)
    expect(later).toEqual(expect.arrayContaining(['referenceBackend', 'threadsOn', 'loadKernels']))
  })
})

/** What a program in one file prints, run by Node. */
async function run(program: string, define: Record<string, string>, options: string) {
  const { outputFiles } = await esbuild.build({
    ...common,
    stdin: { contents: program, resolveDir: root },
    write: false,
    define,
    outdir: out,
  })
  expect(outputFiles).toHaveLength(1)
  const file = join(out, `program-${Math.random()}.mjs`)
  writeFileSync(file, `globalThis.options = ${options}\n${outputFiles[0].text}`)
  const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' })
  return { stdout, stderr }
}

describe('a bundle in one file', () => {
  const kernels = JSON.stringify(new URL('../packages/tensor/kernels/core.wasm', import.meta.url))
  it.each([
    ['computes by itself', carried, 'undefined'],
    ["computes with 'reference'", carried, "{ backend: 'reference' }"],
    ['computes on two threads', carried, '{ threads: 2 }'],
    ['without kernels computes with a file of them', asFiles, `{ kernels: ${kernels} }`],
    ["without kernels computes with 'reference'", asFiles, "{ backend: 'reference' }"],
  ])('%s', async (_, define, options) => {
    expect(await run(engine, define, options)).toEqual({ stdout: '1\n', stderr: '' })
  })

  it("falls back to 'reference' with a warning where WebAssembly is refused", async () => {
    const refused = '(WebAssembly.compile = async () => { throw new Error("no") }, undefined)'
    const { stdout, stderr } = await run(engine, carried, refused)
    expect(stdout).toBe('1\n')
    expect(stderr).toContain("the engine refuses WebAssembly SIMD: no; computing with 'reference'")
  })

  it('without kernels says what it is to be given', async () => {
    const { stdout, stderr } = await run(engine, asFiles, 'undefined')
    expect(stdout).toBe('')
    expect(stderr).toContain(
      'init: kernels: expected core.wasm, since the program was built without kernels, got none',
    )
  })
})
