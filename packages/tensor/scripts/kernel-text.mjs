// WebAssembly as text in a script. A byte is one letter, or two if it is a rare one, so that what repeats in a module repeats in its text and gzip finds
// it, as it does not in base64. And what is alike stands together: codes of instructions, numbers of locals, constants, offsets … are a stream each, in
// which gzip finds a sixth more than in the module as it is. `kernel-text.ts` reads them back.

/** Letters that no quote, backslash or `<` of a page's script is among. A space parts streams. */
const letters = Array.from({ length: 92 }, (_, i) => String.fromCharCode(35 + i)).filter(
  (letter) => !'\\<'.includes(letter),
)

/** Of the letters, those that say that the next one is one of the rare bytes. */
const ESCAPES = 2
const SINGLES = letters.length - ESCAPES

/** The streams of a module, in the order in which they stand in a text. */
const streams = [
  'head',
  'frames',
  'ops',
  'locals',
  'constants',
  'offsets',
  'branches',
  'wide',
  'lanes',
  'alignments',
  'tail',
]

/** The alignment of loads and stores of numbers, from 0x28 on, which is not written, since it is natural; that of vectors varies. */
const alignments = '23230011001122232301012'

/** Instructions with nothing behind them. */
const isPlain = (op) => op <= 1 || op === 5 || op === 15 || op === 26 || op === 27 || (op >= 69 && op <= 196)

/** The parts of a module: bytes of each stream. */
export function streamsOf(module) {
  const parts = Object.fromEntries(streams.map((name) => [name, []]))
  let at = 0
  const take = (stream, count) => {
    for (const byte of module.subarray(at, at + count)) parts[stream].push(byte)
    at += count
  }
  /** A number in the variable length that WebAssembly writes it in. */
  const number = (stream) => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++]
      if (stream !== null) parts[stream].push(byte)
      value |= (byte & 127) << shift
      if (byte < 128) return value >>> 0
    }
  }
  const aligned = (expected) => {
    const alignment = number(null)
    if (alignment !== Number(expected))
      throw new Error(`kernel-text: expected a load aligned by 2^${expected}, got ${alignment}`)
    number('offsets')
  }
  const one = () => {
    const op = module[at]
    take('ops', 1)
    if (op === 11) return -1
    if (op >= 2 && op <= 4) {
      number('ops')
      return 1
    }
    if (op === 12 || op === 13 || op === 16) number('branches')
    else if (op === 14) for (let more = number('branches'); more >= 0; more--) number('branches')
    else if (op >= 32 && op <= 36) number('locals')
    else if (op >= 40 && op <= 62) aligned(alignments[op - 40])
    else if (op === 63 || op === 64) take('lanes', 1)
    else if (op === 65 || op === 66) number('constants')
    else if (op === 67 || op === 68) take('wide', (op - 66) * 4)
    else if (op === 252) {
      const code = number('ops')
      if (code > 11 || code === 8 || code === 9)
        throw new Error(`kernel-text: unknown instruction 252 ${code}`)
      if (code > 9) take('lanes', 12 - code)
    } else if (op === 253) {
      const code = number('ops')
      if (code < 12 || (code > 83 && code < 94)) {
        number('alignments')
        number('offsets')
      } else if (code < 14) take('wide', 16)
      if ((code > 20 && code < 35) || (code > 83 && code < 92)) take('lanes', 1)
    } else if (!isPlain(op)) throw new Error(`kernel-text: unknown instruction ${op}`)
    return 0
  }
  take('head', 8)
  while (module[at] !== 10) {
    const start = at++
    const length = number(null) + at - start
    at = start
    take('head', length)
  }
  at++
  number(null)
  for (let more = number('frames'); more > 0; more--) {
    number(null)
    for (let groups = number('frames'); groups > 0; groups--) {
      number('frames')
      take('frames', 1)
    }
    for (let depth = 1; depth > 0; ) depth += one()
  }
  take('tail', module.length - at)
  return streams.map((name) => parts[name])
}

/**
 * The text of modules, apart by spaces: the most frequent bytes from 0 to 255, two letters each; the first stream of each module, the second of each, …
 */
export function textOf(modules) {
  const all = modules.map(streamsOf)
  const counts = new Array(256).fill(0)
  for (const byte of all.flat(2)) counts[byte]++
  const order = counts.map((_, byte) => byte).sort((a, b) => counts[b] - counts[a] || a - b)
  const [frequent, rare] = [order.slice(0, SINGLES), order.slice(SINGLES).sort((a, b) => a - b)]
  const pair = (n) => letters[Math.floor(n / letters.length)] + letters[n % letters.length]
  const codes = new Array(256)
  for (const [rank, byte] of frequent.entries()) codes[byte] = letters[ESCAPES + rank]
  for (const [rank, byte] of rare.entries()) codes[byte] = pair(rank)
  const write = (bytes) => bytes.map((byte) => codes[byte]).join('')
  return [
    frequent.map(pair).join(''),
    ...streams.flatMap((_, stream) => all.map((parts) => write(parts[stream]))),
  ].join(' ')
}
