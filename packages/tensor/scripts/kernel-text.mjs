// Bytes as text in a script. Base64 spreads each byte over two letters, so that what repeats in a module does not repeat in its text and
// gzip finds little: 114 KB of it became 27 KB. Here a byte is one letter, or two if it is a rare one: 88 KB become 17.7 KB, as the bytes do.

/** Letters that no quote, backslash or `<` of a page's script is among. */
const letters = Array.from({ length: 92 }, (_, i) => String.fromCharCode(35 + i)).filter(
  (letter) => !'\\<'.includes(letter),
)

/** Of the letters, those that say that the next one is one of the rare bytes. */
const ESCAPES = 2
const SINGLES = letters.length - ESCAPES

/**
 * Texts of several modules, with what `kernel-text.ts` reads them by: the letters, the first of which are the escapes, and the bytes from the
 * most frequent to the rarest.
 */
export function textsOf(modules) {
  const counts = new Array(256).fill(0)
  for (const bytes of Object.values(modules)) for (const byte of bytes) counts[byte]++
  const order = counts.map((_, byte) => byte).sort((a, b) => counts[b] - counts[a] || a - b)
  const codes = new Array(256)
  order.forEach((byte, rank) => {
    const rare = rank - SINGLES
    codes[byte] =
      rare < 0
        ? letters[ESCAPES + rank]
        : letters[Math.floor(rare / letters.length)] + letters[rare % letters.length]
  })
  const texts = Object.fromEntries(
    Object.entries(modules).map(([name, bytes]) => [name, Array.from(bytes, (byte) => codes[byte]).join('')]),
  )
  return { letters: letters.join(''), escapes: ESCAPES, order, texts }
}
