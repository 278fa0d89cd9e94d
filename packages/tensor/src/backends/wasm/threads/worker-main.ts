// The program of a worker thread. Nothing imports it: scripts/build-kernels.mjs bundles it into a text, so that no loader or coverage tool
// can alter it, and pages start it without a file of its own.
import { kernelImports } from '../kernel-imports.ts'
import { builtin } from './builtin.ts'
import { SPINS, words } from './control.ts'
import { functionsAt } from './functions-of.ts'
import { TileRunner } from './tile-runner.ts'
import type { WorkerAnswer, WorkerStart } from './worker.ts'

/** Of this program, as the build writes it. */
declare const WORKER_VERSION: string

function work(
  { memory, modules, names, control, scratch, version }: WorkerStart,
  tell: (what: WorkerAnswer) => void,
): void {
  // Where the program is a file, the engine may be another's.
  if (version !== WORKER_VERSION) {
    tell({ version: WORKER_VERSION })
    return
  }
  const kernels: WebAssembly.Exports = {}
  for (const module of modules)
    Object.assign(kernels, new WebAssembly.Instance(module, kernelImports(memory)).exports)
  const ownScratch = kernels.scratch as WebAssembly.Global
  ownScratch.value = scratch
  const functions = names.map((name) => kernels[name] as (...numbers: number[]) => unknown)
  let known = 0
  const runner: TileRunner = new TileRunner(memory, control, functions, () => {
    const from = known
    known = Atomics.load(shared, words.modules)
    return Array.from({ length: known - from }, (_, i) => words.moduleAt + 2 * (from + i)).flatMap((at) =>
      functionsAt(memory, shared[at], shared[at + 1], scratch),
    )
  })
  const shared = runner.words
  const begun = Atomics.load(shared, words.ended)
  tell('ready')
  while (Atomics.load(shared, words.ended) === begun) {
    runner.run()
    let spins = SPINS
    while (spins > 0 && Atomics.load(shared, words.published) === runner.last) spins--
    if (spins > 0) continue
    Atomics.add(shared, words.asleep, 1)
    if (Atomics.load(shared, words.ended) === begun) Atomics.wait(shared, words.published, runner.last)
    Atomics.sub(shared, words.asleep, 1)
  }
  tell('ended')
}

const node = builtin<typeof import('node:worker_threads')>('node:worker_threads')
if (node === undefined) {
  globalThis.onmessage = ({ data }) => {
    work(data, (what) => postMessage(what))
    close()
  }
} else {
  work(node.workerData, (what) => node.parentPort?.postMessage(what))
}
