/** Beginnings of the member of a zip file, and of one that has none. */
const [MEMBER, NONE] = ['PK\x03\x04', 'PK\x05\x06']

/** Names of the members of a zip file that begin within these bytes; `null` for what is none. @param text one character a byte */
export function zipNames(text: string): readonly string[] | null {
  if (!text.startsWith(MEMBER)) return text.startsWith(NONE) ? [] : null
  const names: string[] = []
  for (let at = 0; at >= 0; at = text.indexOf(MEMBER, at + 4)) {
    const length = text.charCodeAt(at + 26) + 256 * text.charCodeAt(at + 27)
    const name = text.slice(at + 30, at + 30 + length)
    // Between members lie their bytes, in which the mark may stand by chance.
    if (name !== '' && !/\p{Cc}/u.test(name)) names.push(name)
  }
  return names
}
