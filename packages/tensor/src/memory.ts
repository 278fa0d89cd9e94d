import type { DType } from './dtype.ts'
import { formatShape, type Shape } from './shape.ts'

/** What is known of the memory that a tensor and its views share. */
export interface Footprint {
  readonly bytes: number
  /** The op that made it. */
  readonly op: string
  readonly backend: { readonly name: string; readonly isOnHeap?: boolean }
  /** Its entry in the list of memory outside scopes, where a tensor outside every scope looks into it. */
  unscoped: Unscoped | null
}

/** Memory that a tensor outside every scope looks into. */
export class Unscoped {
  readonly storage: Footprint
  readonly shape: Shape
  readonly dtype: DType
  /** The stack, under `init({ debug: true })`. */
  readonly madeAt: string | undefined
  // Private, because whoever compares two tensors deeply, as tests do, would follow the list of all of them.
  #newer: Unscoped | null = null
  #older: Unscoped | null = null

  constructor(storage: Footprint, shape: Shape, dtype: DType, madeAt: string | undefined) {
    this.storage = storage
    this.shape = shape
    this.dtype = dtype
    this.madeAt = madeAt
  }

  /** The one made before it. */
  get older(): Unscoped | null {
    return this.#older
  }

  /** Becomes the newest. */
  append(): void {
    this.#older = newest
    if (newest !== null) newest.#newer = this
    newest = this
  }

  /** Leaves the list. */
  remove(): void {
    if (this.#newer === null) newest = this.#older
    else this.#newer.#older = this.#older
    if (this.#older !== null) this.#older.#newer = this.#newer
  }
}

/** Linked from the newest to the oldest: only reports go through them. */
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

/** Memory that has been given back leaves the list. */
export function unlink(entry: Unscoped): void {
  const { storage } = entry
  storage.unscoped = null
  entry.remove()
  unscopedTensors--
  unscopedBytes -= storage.bytes
  if (unscopedTensors < settledTensors) settledTensors = unscopedTensors
  if (unscopedBytes < settledBytes) settledBytes = unscopedBytes
}

/** A tensor outside every scope looks into this memory. @returns what the tensor has to hold on to: see {@link weightOf} */
export function leftToCollector(
  storage: Footprint,
  shape: Shape,
  dtype: DType,
  madeAt: string | undefined,
): ArrayBuffer | null {
  if (storage.unscoped !== null) return null
  const entry = new Unscoped(storage, shape, dtype, madeAt)
  storage.unscoped = entry
  entry.append()
  unscopedTensors++
  unscopedBytes += storage.bytes
  if (unscopedTensors > bounds.warnTensors || unscopedBytes > bounds.warnBytes) warnOfPile()
  return storage.backend.isOnHeap === true ? null : weightOf(storage.bytes)
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
export function unweighed(held: ArrayBuffer, storage: Footprint): void {
  if (held === weight) room += shareOf(storage.bytes)
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
    `tensors outside scopes pile up: ${describeUse(unscopedTensors, unscopedBytes)}, ${mostOf()}. ${ADVICE} (said once)`,
  )
}

export const ADVICE =
  'Run what makes them in scope(() => …), or dispose() of them: the collector gets no turn in a synchronous loop'

export const describeUse = (tensors: number, bytes: number): string =>
  `${tensors} tensor${tensors === 1 ? '' : 's'} of ${(bytes / 2 ** 20).toFixed(1)} MB`

/** Where most bytes of what is outside scopes were made. */
export function mostOf(): string {
  const groups = new Map<string, { tensors: number; bytes: number; madeAt: string | undefined }>()
  for (let entry: Unscoped | null = newest; entry !== null; entry = entry.older) {
    const { storage, shape, dtype, madeAt } = entry
    const name = madeAt ?? `${storage.op} ${formatShape(shape)} ${dtype}`
    const group = groups.get(name)
    if (group === undefined) groups.set(name, { tensors: 1, bytes: storage.bytes, madeAt })
    else {
      group.tensors++
      group.bytes += storage.bytes
    }
  }
  const [name, { tensors, bytes, madeAt }] = [...groups].reduce((a, b) => (b[1].bytes > a[1].bytes ? b : a))
  const where = madeAt === undefined ? `by ${name}` : `at:\n${madeAt}\n`
  const hint = madeAt === undefined ? '; init({ debug: true }) says where' : ''
  return `most of them (${describeUse(tensors, bytes)}) made ${where}${hint}`
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

/** Memory that tensors outside scopes look into, from the newest to the oldest. */
export function* unscopedStorages(): Generator<Footprint> {
  for (let entry = newest; entry !== null; entry = entry.older) yield entry.storage
}
