import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { beforeName } from '../report/results.ts'
import type { Library } from '../work/library.ts'
import type { Contender } from './contender.ts'
import { wasmVectors } from './wasm.ts'

type SessionModule = typeof import('./facet.ts')

const sessionModule = new URL('./facet.ts', import.meta.url).href

const execute = promisify(execFile)

/**
 * Another checkout of Facet, its dependencies installed, in this process: its packages resolve each other from its own
 * folder, so that its modules and ours share nothing. Its kernels are compiled where they are not.
 *
 * @throws Error where the folder is no such checkout: who asks for a comparison wants no table without it.
 */
export function before(folder: string): Contender {
  return {
    name: beforeName,
    title: 'Facet wasm (before)',
    own: true,
    async open() {
      const library = await loadLibrary(folder)
      await library.tensor.init({ backend: 'wasm' })
      const version = `${await revision(folder)}, 1 thread`
      // A module of its own: closures of one module share what V8 has learnt about their calls, and whoever is compiled first
      // is inlined at the other's cost (a product of 4×4 then took 1.35 times as long as itself).
      const { facetSession } = (await import(/* @vite-ignore */ `${sessionModule}?before`)) as SessionModule
      return facetSession({ backend: 'wasm' }, version, wasmVectors, { library })
    },
  }
}

async function loadLibrary(folder: string): Promise<Library> {
  const entry = (name: string, file = 'index') => join(resolve(folder), 'packages', name, `src/${file}.ts`)
  // Where all kernels are built, or, before there were any but the engine's, those.
  const builds = ['scripts', 'packages/tensor/scripts'].map((at) =>
    join(resolve(folder), at, 'build-kernels.mjs'),
  )
  const build = builds.find((file) => existsSync(file)) ?? builds[0]
  const missing = [...['tensor', 'models', 'regularizers'].map((name) => entry(name)), build].find(
    (file) => !existsSync(file),
  )
  if (missing !== undefined) {
    throw new Error(`--against: expected a checkout of Facet, got '${folder}' without ${missing}`)
  }
  await execute(process.execPath, [build], { cwd: resolve(folder) })
  const load = (name: string, file?: string) =>
    import(/* @vite-ignore */ pathToFileURL(entry(name, file)).href)
  return {
    tensor: await load('tensor'),
    dispatch: await load('tensor', 'dispatch-entry'),
    autograd: await load('autograd'),
    models: await load('models'),
    regularizers: await load('regularizers'),
  }
}

/** Its commit, or its version where it is no working tree. */
async function revision(folder: string): Promise<string> {
  try {
    const { stdout } = await execute('git', ['-C', folder, 'rev-parse', '--short', 'HEAD'])
    return stdout.trim()
  } catch {
    return `checkout ${folder.split('/').filter(Boolean).at(-1)}`
  }
}
