/** Letters of a text: those of ASCII from # on but `<` and the backslash. */
const LETTERS = 90
/** The first two of them stand before a rare byte. */
const ESCAPES = 2

/** Streams of a module, in the order in which scripts/kernel-text.mjs writes them. */
const [HEAD, FRAMES, OPS, LOCALS, CONSTANTS, OFFSETS, BRANCHES, WIDE, LANES, ALIGNMENTS, TAIL] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
]
const STREAMS = 11

/** The natural alignment of loads and stores of numbers, from 0x28 on. */
const alignments = '23230011001122232301012'

const rankOf = (letter: number): number => letter - 35 - (letter > 60 ? 1 : 0) - (letter > 92 ? 1 : 0)

/** The bytes of a stream, a byte for a letter or for a pair that begins with an escape. */
function read(text: string, order: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(text.length)
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const rank = rankOf(text.charCodeAt(i))
    bytes[length++] =
      order[
        rank < ESCAPES ? LETTERS - ESCAPES + rank * LETTERS + rankOf(text.charCodeAt(++i)) : rank - ESCAPES
      ]
  }
  return bytes.subarray(0, length)
}

/**
 * The WebAssembly of one of the modules of a text that the build has written: see scripts/kernel-text.mjs.
 *
 * @param module which of them; the last one if there are fewer
 * @throws Error for an empty text, of a program that was built to carry none.
 */
export function bytesOf(text: string, module: number): Uint8Array<ArrayBuffer> {
  if (text === '') throw new Error("the program was built without them (FACET_KERNELS: 'files')")
  const [frequent, ...parts] = text.split(' ')
  const order: number[] = []
  for (let i = 0; i < frequent.length; i += 2)
    order.push(rankOf(frequent.charCodeAt(i)) * LETTERS + rankOf(frequent.charCodeAt(i + 1)))
  const isFrequent = new Set(order)
  for (let byte = 0; byte < 256; byte++) if (!isFrequent.has(byte)) order.push(byte)
  const modules = parts.length / STREAMS
  const own = Math.min(module, modules - 1)
  return joined(Array.from({ length: STREAMS }, (_, s) => read(parts[s * modules + own], order)))
}

/** The module of its streams. */
function joined(streams: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const places = streams.map(() => 0)
  const written = new Uint8Array(2 * streams.reduce((sum, { length }) => sum + length, 32))
  let at = 0
  const byte = (stream: number): number => {
    const next = streams[stream][places[stream]++]
    written[at++] = next
    return next
  }
  const bytes = (stream: number, count: number): void => {
    for (let i = 0; i < count; i++) byte(stream)
  }
  /** A number in the variable length that WebAssembly writes it in. */
  const number = (stream: number): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const next = byte(stream)
      value |= (next & 127) << shift
      if (next < 128) return value
    }
  }
  /** Writes how long it is before what has been written since `start`. */
  const measure = (start: number): void => {
    const length = at - start
    const size: number[] = []
    for (let rest = length; size.length === 0 || rest > 0; rest >>>= 7)
      size.push((rest & 127) | (rest > 127 ? 128 : 0))
    written.copyWithin(start + size.length, start, at)
    written.set(size, start)
    at += size.length
  }
  /** Copies an instruction; what it adds to the depth of blocks. */
  const instruction = (): number => {
    const op = byte(OPS)
    if (op === 11) return -1
    if (op > 1 && op < 5) {
      number(OPS)
      return 1
    }
    if (op === 12 || op === 13 || op === 16) number(BRANCHES)
    else if (op === 14) for (let more = number(BRANCHES); more >= 0; more--) number(BRANCHES)
    else if (op > 31 && op < 37) number(LOCALS)
    else if (op > 39 && op < 63) {
      written[at++] = Number(alignments[op - 40])
      number(OFFSETS)
    } else if (op === 63 || op === 64) byte(LANES)
    else if (op === 65 || op === 66) number(CONSTANTS)
    else if (op === 67 || op === 68) bytes(WIDE, (op - 66) * 4)
    else if (op === 252) {
      const code = number(OPS)
      if (code > 9) bytes(LANES, 12 - code)
    } else if (op === 253) {
      const code = number(OPS)
      if (code < 12 || (code > 83 && code < 94)) {
        number(ALIGNMENTS)
        number(OFFSETS)
      } else if (code < 14) bytes(WIDE, 16)
      if ((code > 20 && code < 35) || (code > 83 && code < 92)) byte(LANES)
    }
    return 0
  }
  bytes(HEAD, streams[HEAD].length)
  written[at++] = 10
  const code = at
  for (let more = number(FRAMES); more > 0; more--) {
    const start = at
    for (let groups = number(FRAMES); groups > 0; groups--) {
      number(FRAMES)
      byte(FRAMES)
    }
    for (let depth = 1; depth > 0; ) depth += instruction()
    measure(start)
  }
  measure(code)
  bytes(TAIL, streams[TAIL].length)
  return written.slice(0, at)
}
