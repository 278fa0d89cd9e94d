import type { TextType } from './npy-type.ts'
import { viewOf } from './zip/records.ts'

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** The last code point of Unicode. */
const LAST = 0x10ffff

/**
 * Texts of one width without the NULs that they are padded with. Bytes are read as UTF-8.
 *
 * @param at where they begin in the file
 * @throws RangeError naming the byte of what is no code point
 */
export function readTextItems(
  op: string,
  { letter, bytes: width, bigEndian }: TextType,
  content: Uint8Array,
  at: number,
): string[] {
  const texts: string[] = []
  const view = viewOf(content)
  for (let from = 0; from < content.length; from += width) {
    let end = from + width
    if (letter === 'S') {
      while (end > from && content[end - 1] === 0) end--
      texts.push(utf8.decode(content.subarray(from, end)))
      continue
    }
    while (end > from && view.getUint32(end - 4) === 0) end -= 4
    let text = ''
    for (let letterAt = from; letterAt < end; letterAt += 4) {
      const point = view.getUint32(letterAt, !bigEndian)
      if (point > LAST) {
        throw new RangeError(
          `${op}: expected a code point of Unicode at byte ${at + letterAt}, found ${point}`,
        )
      }
      text += String.fromCodePoint(point)
    }
    texts.push(text)
  }
  return texts
}
