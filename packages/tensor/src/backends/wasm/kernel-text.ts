/** Letters of a text: those of ASCII from # on but `<` and the backslash. */
const LETTERS = 90
/** The first two of them stand before a rare byte. */
const ESCAPES = 2

const rankOf = (letter: number): number => letter - 35 - (letter > 60 ? 1 : 0) - (letter > 92 ? 1 : 0)

/**
 * The WebAssembly of one of the modules of a text that the build has written: a letter a byte, or two for a rare one; see scripts/kernel-text.mjs.
 *
 * @param module which of them; the last one if there are fewer
 * @throws Error for an empty text, of a program that was built to carry none.
 */
export function bytesOf(text: string, module: number): Uint8Array<ArrayBuffer> {
  if (text === '') throw new Error("the program was built without them (FACET_KERNELS: 'files')")
  const [frequent, ...modules] = text.split(' ')
  const own = modules[Math.min(module, modules.length - 1)]
  const order: number[] = []
  for (let i = 0; i < frequent.length; i += 2)
    order.push(rankOf(frequent.charCodeAt(i)) * LETTERS + rankOf(frequent.charCodeAt(i + 1)))
  const isFrequent = new Set(order)
  for (let byte = 0; byte < 256; byte++) if (!isFrequent.has(byte)) order.push(byte)
  const ranks = Uint8Array.from({ length: 128 }, (_, letter) => Math.max(0, rankOf(letter)))
  const bytes = new Uint8Array(own.length)
  let length = 0
  for (let i = 0; i < own.length; i++) {
    const rank = ranks[own.charCodeAt(i)]
    bytes[length++] =
      order[rank < ESCAPES ? LETTERS - ESCAPES + rank * LETTERS + ranks[own.charCodeAt(++i)] : rank - ESCAPES]
  }
  return bytes.slice(0, length)
}
