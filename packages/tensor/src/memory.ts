import type { Backend } from './backend.ts'
import type { DType } from './dtype.ts'
import { formatShape, type Shape } from './shape.ts'
import type { Root } from './tensor.ts'

/** What tensors take on one backend. */
export interface MemoryUse {
  /** With memory of their own: views are counted with the tensor they look into. */
  readonly tensors: number
  readonly bytes: number
  /** The most bytes that were alive at one time. */
  readonly peakBytes: number
}

/** What {@link memory} tells. */
export interface MemoryReport {
  readonly tensors: number
  readonly bytes: number
  /** Those outside every scope, that live until they are disposed or collected. */
  readonly unscoped: { readonly tensors: number; readonly bytes: number }
  /** By name of the backend. */
  readonly backends: Readonly<Record<string, MemoryUse>>
}

/** Tensors, bytes and the most bytes of one backend: numbers of an array, which change in 5 ns a tensor, where properties take 15. */
type Ledger = Float64Array

const ledgers = new Map<string, Ledger>()
let latest: Ledger = new Float64Array(3)
let latestBackend: Backend | null = null

/** Nearly always the one asked for before. */
function ledgerOf(backend: Backend): Ledger {
  if (backend === latestBackend) return latest
  latestBackend = backend
  latest = ledgerNamed(backend.name)
  return latest
}

function ledgerNamed(name: string): Ledger {
  let ledger = ledgers.get(name)
  if (ledger === undefined) ledgers.set(name, (ledger = new Float64Array(3)))
  return ledger
}

/** Memory that a tensor outside every scope looks into. */
export interface Unscoped {
  readonly root: Root
  readonly shape: Shape
  readonly dtype: DType
  /** The stack, under `init({ debug: true })`. */
  readonly madeAt: string | undefined
  newer: Unscoped | null
  older: Unscoped | null
}

/** Linked from the newest to the oldest: only an error message goes through them. */
let newest: Unscoped | null = null
let unscopedTensors = 0
let unscopedBytes = 0
/** What was left of them after the last turn of the event loop that reading waited for. */
let settledTensors = 0
let settledBytes = 0

/** Bounds outside scopes, here and in one place so that tests may lower them. */
export const bounds = {
  /** Bytes since the last turn of the event loop after which reading waits for one. */
  turnBytes: 128 * 2 ** 20,
  /** Tensors since then: as objects of JavaScript they take some 500 bytes each. */
  turnTensors: 20_000,
  /** From here on a warning, once: half of what WebAssembly can address. */
  warnBytes: 2 ** 31,
  warnTensors: 250_000,
}

/** New memory. */
export function born(root: Root): void {
  const ledger = ledgerOf(root.backend)
  ledger[0]++
  const bytes = ledger[1] + root.bytes
  ledger[1] = bytes
  if (bytes > ledger[2]) ledger[2] = bytes
}

/** Memory given back. */
export function gone(root: Root): void {
  const ledger = ledgerOf(root.backend)
  ledger[0]--
  ledger[1] -= root.bytes
  if (root.unscoped !== null) unlink(root.unscoped)
}

function unlink(entry: Unscoped): void {
  const { root, newer, older } = entry
  root.unscoped = null
  if (newer === null) newest = older
  else newer.older = older
  if (older !== null) older.newer = newer
  unscopedTensors--
  unscopedBytes -= root.bytes
  if (unscopedTensors < settledTensors) settledTensors = unscopedTensors
  if (unscopedBytes < settledBytes) settledBytes = unscopedBytes
}

/** A tensor outside every scope looks into this memory. @returns what the tensor has to hold on to: see {@link weightOf} */
export function leftToCollector(
  root: Root,
  shape: Shape,
  dtype: DType,
  madeAt: string | undefined,
): ArrayBuffer | null {
  if (root.unscoped !== null) return null
  const entry: Unscoped = { root, shape, dtype, madeAt, newer: null, older: newest }
  root.unscoped = entry
  if (newest !== null) newest.newer = entry
  newest = entry
  unscopedTensors++
  unscopedBytes += root.bytes
  if (unscopedTensors > bounds.warnTensors || unscopedBytes > bounds.warnBytes) warnOfPile()
  return root.backend.isOnHeap === true ? null : weightOf(root.bytes)
}

/** Bytes of memory that one byte of weight stands for. */
const BYTES_A_WEIGHT = 2

/** Smaller tensors share a weight. */
const SHARED_WEIGHT = 2 ** 20

/** Of the smallest, that objects of JavaScript pile up is what matters: the collector works after some 64,000. */
const LEAST_WEIGHT = 1024

let weight: ArrayBuffer | null = null
let room = 0

/**
 * The collector of JavaScript knows nothing of the memory of WebAssembly or a GPU: with 4 MB in every turn of the event loop it found no
 * reason to work before 1,020 results filled 4 GB. What it knows is the length of an `ArrayBuffer`, so a tensor outside scopes holds one
 * of half its size, which nobody touches: only addresses are taken. That loop stays at 430 MB. A whole size gives 310 MB and twice as
 * many collections, a quarter 700 MB. A resizable one is never filled with zeros: 4 MB take 100 µs in place of 690.
 */
function weightOf(bytes: number): ArrayBuffer | null {
  const share = shareOf(bytes)
  if (share >= SHARED_WEIGHT) {
    const at = spares.findIndex(({ byteLength }) => byteLength === share)
    return at < 0 ? untouched(share) : spares.splice(at, 1)[0]
  }
  if (share > room) {
    weight = untouched(SHARED_WEIGHT)
    room = SHARED_WEIGHT
  }
  room -= share
  return weight
}

const shareOf = (bytes: number): number =>
  bytes > BYTES_A_WEIGHT * LEAST_WEIGHT ? Math.ceil(bytes / BYTES_A_WEIGHT) : LEAST_WEIGHT

/** Weights of what was disposed, for the next of their size: who disposes needs no collector, and is to pay for none. */
const spares: ArrayBuffer[] = []
const MOST_SPARES = 8
const LONGEST_SPARE = 8 * 2 ** 20

/** The tensor that held a weight is disposed. */
export function unweighed(held: ArrayBuffer, root: Root): void {
  if (held === weight) room += shareOf(root.bytes)
  else if (held.byteLength === SHARED_WEIGHT || held.byteLength > LONGEST_SPARE) return
  else if (spares.push(held) > MOST_SPARES) spares.shift()
}

/** Engines that know no resizable ones make one of a fixed length, and so does TypeScript before ES2024. */
type ResizableArrayBuffer = new (length: number, options: { maxByteLength: number }) => ArrayBuffer

function untouched(length: number): ArrayBuffer | null {
  try {
    return new (ArrayBuffer as ResizableArrayBuffer)(length, { maxByteLength: length })
  } catch {
    // No addresses left: the weight is only a hint.
    return null
  }
}

let hasWarned = false

function warnOfPile(): void {
  if (hasWarned) return
  hasWarned = true
  console.warn(
    `tensors outside scopes pile up: ${describeUse(unscopedTensors, unscopedBytes)}, ${most(true)}. ${ADVICE} (said once)`,
  )
}

const ADVICE =
  'Run what makes them in scope(() => …), or dispose() of them: the collector gets no turn in a synchronous loop'

const describeUse = (tensors: number, bytes: number): string =>
  `${tensors} tensor${tensors === 1 ? '' : 's'} of ${(bytes / 2 ** 20).toFixed(1)} MB`

/** Where most bytes of what is outside scopes were made. */
function most(withStacks: boolean): string {
  const groups = new Map<string, { tensors: number; bytes: number; madeAt: string | undefined }>()
  for (let entry: Unscoped | null = newest; entry !== null; entry = entry.older) {
    const { root, shape, dtype, madeAt } = entry
    const name = madeAt ?? `${root.op} ${formatShape(shape)} ${dtype}`
    const group = groups.get(name)
    if (group === undefined) groups.set(name, { tensors: 1, bytes: root.bytes, madeAt })
    else {
      group.tensors++
      group.bytes += root.bytes
    }
  }
  const [name, { tensors, bytes, madeAt }] = [...groups].reduce((a, b) => (b[1].bytes > a[1].bytes ? b : a))
  const where = madeAt === undefined || !withStacks ? `by ${name}` : `at:\n${madeAt}\n`
  const hint = madeAt === undefined ? '; init({ debug: true }) says where' : ''
  return `most of them (${describeUse(tensors, bytes)}) made ${where}${hint}`
}

/** What an error for want of memory says of the tensors alive; nothing where they are not what fills it. */
export function crowded(backend: string, asked: number): string {
  const [tensors, bytes] = ledgerNamed(backend)
  if (4 * bytes < asked || unscopedTensors === 0) return ''
  return `; ${describeUse(tensors, bytes)} are alive, ${describeUse(unscopedTensors, unscopedBytes)} outside scopes, ${most(true)}. ${ADVICE}`
}

/** Whether so much was made outside scopes since the last turn of the event loop that reading had better wait for one. */
export const isCrowded = (): boolean =>
  unscopedBytes - settledBytes > bounds.turnBytes || unscopedTensors - settledTensors > bounds.turnTensors

// Taken now: tests put clocks of their own in their places.
const { setImmediate: immediate, MessageChannel: Channel } = globalThis as {
  setImmediate?: (f: () => void) => unknown
  MessageChannel?: typeof MessageChannel
}

/**
 * One turn of the event loop, in which the collector gives back what it has found: awaiting promises that are resolved already gives it none.
 */
export async function turn(): Promise<void> {
  await new Promise<void>((done) => {
    if (immediate !== undefined) immediate(done)
    else if (Channel === undefined) setTimeout(done, 0)
    else {
      const { port1, port2 } = new Channel()
      port1.onmessage = () => {
        port1.close()
        done()
      }
      port2.postMessage(null)
    }
  })
  settledTensors = unscopedTensors
  settledBytes = unscopedBytes
}

/**
 * How many tensors are alive, and what memory they take.
 *
 * Those outside every scope live until they are disposed, or until the collector finds that nobody holds them and the event loop gets
 * its turn. A number that grows from step to step is a step without a scope.
 *
 * @example
 * const before = memory().tensors
 * const kept = zeros([256, 784])
 * memory().tensors - before   // 1
 */
export function memory(): MemoryReport {
  let tensors = 0
  let bytes = 0
  const backends: Record<string, MemoryUse> = {}
  for (const [name, ledger] of ledgers) {
    tensors += ledger[0]
    bytes += ledger[1]
    backends[name] = { tensors: ledger[0], bytes: ledger[1], peakBytes: ledger[2] }
  }
  return { tensors, bytes, unscoped: { tensors: unscopedTensors, bytes: unscopedBytes }, backends }
}
