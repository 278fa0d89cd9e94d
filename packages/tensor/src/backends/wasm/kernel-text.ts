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
  const texts = Array.from({ length: STREAMS }, (_, s) => parts[s * modules + own])
  // By letter: the byte of a frequent one; one loop for all streams, which engines compile while it runs.
  const ranks = Array.from({ length: 128 }, (_, letter) => rankOf(letter))
  const all = new Uint8Array(texts.reduce((sum, { length }) => sum + length, 0))
  const ends: number[] = []
  let length = 0
  for (const stream of texts) {
    for (let i = 0; i < stream.length; i++) {
      const rank = ranks[stream.charCodeAt(i)]
      all[length++] =
        order[
          rank < ESCAPES ? LETTERS - ESCAPES + rank * LETTERS + ranks[stream.charCodeAt(++i)] : rank - ESCAPES
        ]
    }
    ends.push(length)
  }
  return joined(all, ends)
}

/**
 * The module of its streams.
 *
 * @param all the streams, one behind the other
 * @param ends where each ends
 */
function joined(all: Uint8Array, ends: readonly number[]): Uint8Array<ArrayBuffer> {
  const places = Int32Array.of(0, ...ends)
  const written = new Uint8Array(2 * all.length + 32)
  let at = 0
  const bytes = (stream: number, count: number): void => {
    for (let i = 0; i < count; i++) written[at++] = all[places[stream]++]
  }
  /** A number in the variable length that WebAssembly writes it in. */
  const number = (stream: number): number => {
    let next = all[places[stream]++]
    written[at++] = next
    let value = next & 127
    for (let shift = 7; next > 127; shift += 7) {
      next = all[places[stream]++]
      written[at++] = next
      value |= (next & 127) << shift
    }
    return value
  }
  /** Writes how long it is before what has been written since `start`. */
  const measure = (start: number): void => {
    const size: number[] = []
    for (let rest = at - start; size.length === 0 || rest > 0; rest >>>= 7)
      size.push((rest & 127) | (rest > 127 ? 128 : 0))
    written.copyWithin(start + size.length, start, at)
    written.set(size, start)
    at += size.length
  }
  bytes(HEAD, ends[HEAD])
  written[at++] = 10
  const code = at
  for (let more = number(FRAMES); more > 0; more--) {
    const start = at
    for (let groups = number(FRAMES); groups > 0; groups--) {
      number(FRAMES)
      bytes(FRAMES, 1)
    }
    for (let depth = 1; depth > 0; ) {
      const op = all[places[OPS]++]
      written[at++] = op
      // The most frequent ones first.
      if (op > 68 && op < 252) continue
      if (op > 31 && op < 37) number(LOCALS)
      else if (op === 65 || op === 66) number(CONSTANTS)
      else if (op === 253) {
        const code = number(OPS)
        if (code < 12 || (code > 83 && code < 94)) {
          number(ALIGNMENTS)
          number(OFFSETS)
        } else if (code < 14) bytes(WIDE, 16)
        if ((code > 20 && code < 35) || (code > 83 && code < 92)) bytes(LANES, 1)
      } else if (op === 11) depth--
      else if (op > 39 && op < 63) {
        written[at++] = Number(alignments[op - 40])
        number(OFFSETS)
      } else if (op > 1 && op < 5) {
        number(OPS)
        depth++
      } else if (op === 12 || op === 13 || op === 16) number(BRANCHES)
      else if (op === 14) for (let more = number(BRANCHES); more >= 0; more--) number(BRANCHES)
      else if (op === 67 || op === 68) bytes(WIDE, (op - 66) * 4)
      else if (op === 63 || op === 64) bytes(LANES, 1)
      else if (op === 252) {
        const code = number(OPS)
        if (code > 9) bytes(LANES, 12 - code)
      }
    }
    measure(start)
  }
  measure(code)
  bytes(TAIL, ends[TAIL] - places[TAIL])
  return written.slice(0, at)
}
