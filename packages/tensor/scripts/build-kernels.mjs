// Writes modules: the WebAssembly kernels, plain and with fused multiply-add, as text, with what TypeScript shares with their sources, one for
// those that every program has and one for each family that comes with its ops; and the program of a worker thread as text. Does nothing where they were made from these sources (0.1 s), else takes about 3 s. Also
// vitest's global setup. Beside the texts it writes the same as files into `kernels/`, for programs that may not compile bytes, or start no worker from
// a text.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeCodes, writeMarked } from './assembly-marks.mjs'
import { labelled } from './kernel-file.mjs'
import { textLines } from './text-module.mjs'

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

/** As files, products and all else are one module each. */
const fileBuilds = {
  simd: { ...builds.simd, entry: 'core.ts' },
  relaxed: { ...builds.relaxed, entry: 'core.ts' },
}

/** Where files for programs that take no bytes or texts are written. */
const filesFolder = join(scripts, '../kernels')

/** Folders whose kernels come with their ops: a module of its own each, and a file of texts. */
const families = ['convolution', 'linear-algebra', 'ordering', 'spectral']

/** Of those, the ones that multiply and add, of which there are two builds, and whose files are their own: the others are in the core's. */
const fusing = ['convolution']

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

const compileAll = async (asc, sources, builds) => {
  const modules = {}
  for (const [name, build] of Object.entries(builds)) modules[name] = await compile(asc, sources, build)
  return modules
}

/**
 * @param builds entry and features of each module
 * @param within whether a source is one whose codes are written
 * @param files `name` of the files, and `builds` that they are of where those are others; null where there are none
 */
async function writeKernels(sources, version, builds, within, files) {
  const asc = await loadCompiler()
  const modules = await compileAll(asc, sources, builds)
  if (files !== null) {
    const filed = files.builds === undefined ? modules : await compileAll(asc, sources, files.builds)
    for (const [build, bytes] of Object.entries(filed))
      writeKernelFile(filesFolder, { name: `tensor/${files.name}`, build, version }, bytes)
  }
  return [
    ...textLines(`WebAssembly as text: ${Object.keys(modules).join(', ')}`, Object.values(modules), version),
    writeCodes(Object.fromEntries(Object.entries(sources).filter(([path]) => within(path)))),
  ].join('\n')
}

/** Writes a file in place of another at once: processes may build at one time. */
function replace(target, contents) {
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(`${target}.${process.pid}`, contents)
  renameSync(`${target}.${process.pid}`, target)
}

/** Writes `<name>.wasm` or `<name>-relaxed.wasm` with a label of what it is. */
export function writeKernelFile(folder, label, bytes) {
  const file = label.name.replace(/.*\//, '') + (label.build === 'relaxed' ? '-relaxed' : '')
  replace(join(folder, `${file}.wasm`), labelled(bytes, label))
}

const isOf = (family) => (path) => path.startsWith(`${family}/`)

/** Without and with fused multiply-add. */
const buildsOf = (family) => {
  const simd = { ...builds.simd, entry: `${family}/index.ts` }
  return fusing.includes(family) ? { simd, relaxed: { ...builds.relaxed, entry: simd.entry } } : { simd }
}

/** The worker's program, with all that it imports, as a script that Node and browsers start from a text. */
async function writeWorker(_, version) {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [join(threads, 'worker-main.ts')],
    ...{ bundle: true, format: 'iife', platform: 'neutral', target: 'es2022', minify: true, write: false },
    define: { WORKER_VERSION: JSON.stringify(version) },
  })
  replace(join(filesFolder, 'thread.js'), outputFiles[0].text)
  return [
    `/** Of the file beside this text, too. */\nexport const version = '${version}'`,
    '/** The program of a worker thread, as `worker-main.ts` says it. */',
    `export const workerProgram = ${JSON.stringify(outputFiles[0].text.trim())}`,
    '',
  ].join('\n')
}

/**
 * Writes a module unless it was written from the same sources.
 *
 * @param write its text, of the sources and their version
 * @param files that `write` writes as well
 */
export async function build(target, sources, write, files) {
  const hash = createHash('sha256')
  for (const [name, text] of Object.entries({ ...readSources(scripts), ...sources }))
    hash.update(`${name}\n${text}\n`)
  const digest = hash.digest('hex')
  const mark = `// Written by scripts/build-kernels.mjs from sources with the digest ${digest}.`
  const isWhole = existsSync(target) && files.every((file) => existsSync(file))
  if (isWhole && readFileSync(target, 'utf8').startsWith(mark)) return
  replace(target, `${mark}\n${await write(sources, digest.slice(0, 12))}`)
}

const wasmFiles = (name) => ['', '-relaxed'].map((build) => join(filesFolder, `${name}${build}.wasm`))

export default async function buildKernels() {
  // All have one digest, so that all files of this package have one version.
  const all = readSources(assembly)
  const isCore = (path) => !families.some((family) => isOf(family)(path))
  const core = { name: 'core', builds: fileBuilds }
  await build(
    join(folder, 'kernels.generated.ts'),
    all,
    (sources, version) => writeKernels(sources, version, builds, isCore, core),
    wasmFiles('core'),
  )
  for (const family of families)
    await build(
      join(folder, `${family}.generated.ts`),
      all,
      (sources, version) => {
        const files = fusing.includes(family) ? { name: family } : null
        return writeKernels(sources, version, buildsOf(family), isOf(family), files)
      },
      fusing.includes(family) ? wasmFiles(family) : [],
    )
  // All that the worker may import lies in these two folders.
  const sources = Object.entries(readSources(folder)).filter(([path]) =>
    /^(threads\/)?[\w-]+\.ts$/.test(path),
  )
  const thread = join(filesFolder, 'thread.js')
  await build(join(threads, 'worker.generated.ts'), Object.fromEntries(sources), writeWorker, [thread])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels()
