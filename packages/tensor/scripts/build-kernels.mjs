// Writes modules: the WebAssembly kernels, plain and with fused multiply-add, as text, with what TypeScript shares with their sources, one for
// those that every program has and one for each family that comes with its ops; and the program of a worker thread as text. Does nothing where they were made from these sources (0.1 s), else takes about 3 s. Also
// vitest's global setup.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeCodes, writeMarked } from './assembly-marks.mjs'
import { textsOf } from './kernel-text.mjs'

const scripts = dirname(fileURLToPath(import.meta.url))
const folder = join(scripts, '../src/backends/wasm')
const assembly = join(folder, 'assembly')
const threads = join(folder, 'threads')
// Only the products are compiled twice: nothing else multiplies and adds in one instruction.
const builds = {
  common: { entry: 'index.ts', features: ['simd'] },
  simd: { entry: 'products.ts', features: ['simd'] },
  relaxed: { entry: 'products.ts', features: ['simd', 'relaxed-simd'] },
}

/** Folders whose kernels come with their ops: a module of its own each, and a file of texts. */
const families = ['convolution']

/** Texts of the files of a folder and those below by their paths, in a fixed order. */
export function readSources(folder, within = '') {
  const sources = {}
  const entries = readdirSync(join(folder, within), { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = within + entry.name
    if (entry.isDirectory()) Object.assign(sources, readSources(folder, `${path}/`))
    else sources[path] = readFileSync(join(folder, path), 'utf8')
  }
  return sources
}

/** Takes a second. */
export const loadCompiler = async () => (await import('assemblyscript/asc')).default

export async function compile(asc, sources, { entry, features }) {
  let binary
  const { error, stderr } = await asc.main(
    [
      ...[entry, '--outFile', 'kernels.wasm', '-O3', '--noAssert', '--runtime', 'stub'],
      // A memory with a limit can be a shared one.
      ...['--importMemory', '--maximumMemory', '65536'],
      ...features.flatMap((feature) => ['--enable', feature]),
    ],
    {
      readFile: (name) => (name in sources ? writeMarked(name, sources[name]) : null),
      writeFile: (_, contents) => {
        binary = contents
      },
      listFiles: () => [],
    },
  )
  if (error) throw new Error(`build-kernels: ${error.message}\n${stderr}`)
  return binary
}

/**
 * @param builds entry and features of each module
 * @param within whether a source is one whose codes are written
 */
async function writeKernels(sources, builds, within) {
  const asc = await loadCompiler()
  const modules = {}
  for (const [name, build] of Object.entries(builds)) modules[name] = await compile(asc, sources, build)
  const { texts, ...code } = textsOf(modules)
  return [
    '/** How the texts below are read: see kernel-text.ts. */',
    `export const textCode = ${JSON.stringify(code)}`,
    "/** The kernels' WebAssembly as text: what both builds share, and what multiplies of each. */",
    `export const kernels = ${JSON.stringify(texts)}`,
    writeCodes(Object.fromEntries(Object.entries(sources).filter(([path]) => within(path)))),
  ].join('\n')
}

const isOf = (family) => (path) => path.startsWith(`${family}/`)

/** Without and with fused multiply-add. */
const buildsOf = (family) => ({
  simd: { ...builds.simd, entry: `${family}/index.ts` },
  relaxed: { ...builds.relaxed, entry: `${family}/index.ts` },
})

/** The worker's program, with all that it imports, as a script that Node and browsers start from a text. */
async function writeWorker() {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [join(threads, 'worker-main.ts')],
    ...{ bundle: true, format: 'iife', platform: 'neutral', target: 'es2022', minify: true, write: false },
  })
  return [
    '/** The program of a worker thread, as `worker-main.ts` says it. */',
    `export const workerProgram = ${JSON.stringify(outputFiles[0].text.trim())}`,
    '',
  ].join('\n')
}

/** Writes a module unless it was written from the same sources, under a name of its own first: processes may build at one time. */
export async function build(target, sources, write) {
  const hash = createHash('sha256')
  for (const [name, text] of Object.entries({ ...readSources(scripts), ...sources }))
    hash.update(`${name}\n${text}\n`)
  const mark = `// Written by scripts/build-kernels.mjs from sources with the digest ${hash.digest('hex')}.`
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(mark)) return
  const text = `${mark}\n${await write(sources)}`
  writeFileSync(`${target}.${process.pid}`, text)
  renameSync(`${target}.${process.pid}`, target)
}

export default async function buildKernels() {
  const all = readSources(assembly)
  const isCore = (path) => !families.some((family) => isOf(family)(path))
  const core = Object.fromEntries(Object.entries(all).filter(([path]) => isCore(path)))
  await build(join(folder, 'kernels.generated.ts'), core, (sources) => writeKernels(sources, builds, isCore))
  for (const family of families)
    await build(join(folder, `${family}.generated.ts`), all, (sources) =>
      writeKernels(sources, buildsOf(family), isOf(family)),
    )
  // All that the worker may import lies in these two folders.
  const sources = Object.entries(readSources(folder)).filter(([path]) =>
    /^(threads\/)?[\w-]+\.ts$/.test(path),
  )
  await build(join(threads, 'worker.generated.ts'), Object.fromEntries(sources), writeWorker)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels()
