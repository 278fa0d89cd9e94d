/** How the build has written bytes as text: see scripts/kernel-text.mjs. */
export interface TextCode {
  /** The first `escapes` of them stand before a rare byte. */
  readonly letters: string
  readonly escapes: number
  /** Bytes from the most frequent to the rarest. */
  readonly order: readonly number[]
}

/** The bytes of a text, a byte for a letter or for a pair that begins with an escape. */
export function bytesOf(text: string, { letters, escapes, order }: TextCode): Uint8Array<ArrayBuffer> {
  const ranks = new Uint8Array(128)
  for (let i = 0; i < letters.length; i++) ranks[letters.charCodeAt(i)] = i
  const bytes = new Uint8Array(text.length)
  const singles = letters.length - escapes
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const rank = ranks[text.charCodeAt(i)]
    bytes[length++] =
      order[rank < escapes ? singles + rank * letters.length + ranks[text.charCodeAt(++i)] : rank - escapes]
  }
  return bytes.slice(0, length)
}
