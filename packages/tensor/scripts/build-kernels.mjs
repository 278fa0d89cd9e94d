// Compiles the WebAssembly kernels, plain and with fused multiply-add, into a module that holds them as text. Does nothing
// where that module was made from these sources (0.1 s), else takes about 3 s. Also vitest's global setup.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = join(dirname(fileURLToPath(import.meta.url)), '../src/backends/wasm')
const sources = join(folder, 'assembly')
const target = join(folder, 'kernels.generated.ts')
// Only the products are compiled twice: nothing else multiplies and adds in one instruction.
const builds = {
  common: { entry: 'index.ts', features: ['simd'] },
  simd: { entry: 'products.ts', features: ['simd'] },
  relaxed: { entry: 'products.ts', features: ['simd', 'relaxed-simd'] },
}

function readSource(name) {
  try {
    return readFileSync(join(sources, name), 'utf8')
  } catch {
    return null
  }
}

async function compile(asc, { entry, features }) {
  let binary
  const { error, stderr } = await asc.main(
    [
      ...[entry, '--outFile', 'kernels.wasm', '-O3', '--noAssert', '--runtime', 'stub'],
      // A memory with a limit can be a shared one.
      ...['--importMemory', '--maximumMemory', '65536'],
      ...features.flatMap((feature) => ['--enable', feature]),
    ],
    {
      readFile: readSource,
      writeFile: (_, contents) => {
        binary = contents
      },
      listFiles: () => [],
    },
  )
  if (error) throw new Error(`build-kernels: ${error.message}\n${stderr}`)
  return Buffer.from(binary).toString('base64')
}

export default async function buildKernels() {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)))
  for (const file of readdirSync(sources).sort()) hash.update(file).update(readSource(file))
  const mark = `// Written by scripts/build-kernels.mjs from sources with the digest ${hash.digest('hex')}.`
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(mark)) return
  // Loading the compiler takes a second.
  const { default: asc } = await import('assemblyscript/asc')
  const lines = []
  for (const [name, build] of Object.entries(builds)) lines.push(`  ${name}: '${await compile(asc, build)}',`)
  const text = `${mark}\n/** The kernels' WebAssembly in base64: what both builds share, and the products of each. */\nexport const kernels = {\n${lines.join('\n')}\n}\n`
  writeFileSync(`${target}.${process.pid}`, text)
  renameSync(`${target}.${process.pid}`, target)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels()
