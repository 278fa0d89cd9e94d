// WebAssembly as text in a script. Base64 spreads each byte over two letters, so that what repeats in a module does not repeat in its text and gzip finds
// little: 114 KB of it became 27 KB. Here a byte is one letter, or two if it is a rare one: 88 KB become 17.7 KB, as the bytes do. `kernel-text.ts` reads it.

/** Letters that no quote, backslash or `<` of a page's script is among. A space parts modules. */
const letters = Array.from({ length: 92 }, (_, i) => String.fromCharCode(35 + i)).filter(
  (letter) => !'\\<'.includes(letter),
)

/** Of the letters, those that say that the next one is one of the rare bytes. */
const ESCAPES = 2
const SINGLES = letters.length - ESCAPES

/** The text of modules, apart by spaces: the most frequent bytes, two letters each, then the modules. */
export function textOf(modules) {
  const counts = new Array(256).fill(0)
  for (const module of modules) for (const byte of module) counts[byte]++
  const order = counts.map((_, byte) => byte).sort((a, b) => counts[b] - counts[a] || a - b)
  const [frequent, rare] = [order.slice(0, SINGLES), order.slice(SINGLES).sort((a, b) => a - b)]
  const pair = (n) => letters[Math.floor(n / letters.length)] + letters[n % letters.length]
  const codes = new Array(256)
  for (const [rank, byte] of frequent.entries()) codes[byte] = letters[ESCAPES + rank]
  for (const [rank, byte] of rare.entries()) codes[byte] = pair(rank)
  return [
    frequent.map(pair).join(''),
    ...modules.map((module) => Array.from(module, (byte) => codes[byte]).join('')),
  ].join(' ')
}
