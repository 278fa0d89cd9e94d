import { CALL_NUMBERS, SPINS, TABLE_AT, words } from './control.ts'

/** What a worker is sent. */
export interface WorkerStart {
  readonly memory: WebAssembly.Memory
  readonly modules: readonly WebAssembly.Module[]
  /** Functions by the number under which a job names them. */
  readonly names: readonly string[]
  /** Address of the control block. */
  readonly control: number
  /** Address of 512 KB in which this thread packs operands. */
  readonly scratch: number
}

/**
 * A worker's program, as text: no bundler, loader or coverage tool can alter it, and pages start it without a file of its own.
 * Claiming and taking are what the main thread does too (crew.ts).
 */
export const workerSource = `
'use strict'
function start({ memory, modules, names, control, scratch }, tell) {
  const { published, first, claimed, finished, awaited, asleep, failed, ended } = ${JSON.stringify(words)}
  const words = new Int32Array(memory.buffer, control, 64)
  const table = new Float64Array(memory.buffer, control + ${TABLE_AT})
  const known = {}
  for (const module of modules)
    Object.assign(known, new WebAssembly.Instance(module, { env: { memory }, Math }).exports)
  known.scratch.value = scratch
  const functions = names.map((name) => known[name])
  const numbers = []
  function take(tile) {
    const at = tile * ${CALL_NUMBERS}
    numbers.length = table[at + 1]
    for (let i = 0; i < numbers.length; i++) numbers[i] = table[at + 2 + i]
    functions[table[at]](...numbers)
  }
  const mine = Atomics.load(words, ended)
  tell('ready')
  while (Atomics.load(words, ended) === mine) {
    // What is published is read after what is claimed, each time: it may have grown meanwhile.
    const next = Atomics.load(words, claimed)
    const last = Atomics.load(words, published)
    if (next !== last) {
      if (Atomics.compareExchange(words, claimed, next, (next + 1) | 0) !== next) continue
      try {
        take((next - words[first]) | 0)
      } catch {
        Atomics.store(words, failed, 1)
      }
      Atomics.add(words, finished, 1)
      if (Atomics.load(words, awaited) === 1) Atomics.notify(words, finished)
      continue
    }
    let spins = ${SPINS}
    while (spins > 0 && Atomics.load(words, published) === last) spins--
    if (spins > 0) continue
    Atomics.add(words, asleep, 1)
    if (Atomics.load(words, ended) === mine) Atomics.wait(words, published, last)
    Atomics.sub(words, asleep, 1)
  }
  tell('ended')
}
if (typeof require === 'function') {
  const { parentPort, workerData } = require('node:worker_threads')
  start(workerData, (what) => parentPort.postMessage(what))
} else {
  onmessage = ({ data }) => {
    start(data, (what) => postMessage(what))
    close()
  }
}
`
