/** Beginnings of files that people have beside tables, one letter a byte, and what they are. */
const beginnings: readonly (readonly [beginning: string, kind: string])[] = [
  ['PK\u0003\u0004', 'a zip file or a workbook: save its sheet as CSV'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old Office document: save its sheet as CSV'],
  ['\u001f\u008b', 'a gzipped file: unpack it first'],
  ['\u0093NUMPY', 'an array of numpy: save it by numpy.savetxt'],
  ['%PDF', 'a PDF document'],
  ['\u0089PNG', 'a picture'],
  ['\u00ff\u00d8\u00ff', 'a picture'],
  ['<!doctype', 'a page of HTML'],
  ['<html', 'a page of HTML'],
  ['{', 'JSON'],
]

/** Bytes that are looked at. */
const JUDGED = 4096

/** What a file is that is no text of numbers; `null` where it may be one. */
export function foreignKind(head: Uint8Array): string | null {
  const start = String.fromCharCode(...head.subarray(0, 16)).toLowerCase()
  const known = beginnings.find(([beginning]) => start.startsWith(beginning.toLowerCase()))
  if (known) return known[1]
  const isBinary = head
    .subarray(0, JUDGED)
    .some((byte) => byte < 9 || (byte > 13 && byte < 26) || (byte > 26 && byte < 32))
  return isBinary ? 'a binary file, or text in UTF-16' : null
}
