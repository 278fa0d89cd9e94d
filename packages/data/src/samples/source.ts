/** Who reads what, for errors. */
export interface Source {
  /** The function that was called, `loadSamples`. */
  readonly operation: string
  /** The file. */
  readonly name: string
}

/** @throws always: `operation: file place: message`. @param place `line 3`, `byte 16`, or nothing for the whole file */
export function fail({ operation, name }: Source, place: string, message: string): never {
  throw new Error(`${operation}: ${name}${place === '' ? '' : ` ${place}`}: ${message}`)
}

/** Characters of a file that an error shows. */
const SHOWN = 40

/** A piece of a file in an error message: quoted, what cannot be seen escaped, cut off where it is long. */
export const shown = (text: string): string =>
  text.length <= SHOWN ? escaped(text) : `${escaped(text.slice(0, SHOWN))}…`

/** JSON leaves the control characters from U+007F on as they are, which terminals follow too. */
const escaped = (text: string): string =>
  JSON.stringify(text).replace(/\p{C}/gu, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`)

/** Names that an error lists. */
const LISTED = 10

/** The first of some names of a file, in an error message. */
export const listed = (names: readonly string[]): string =>
  names
    .slice(0, LISTED)
    .map((name) => (name.length <= SHOWN ? shown(name).slice(1, -1) : `${shown(name).slice(1, -2)}…`))
    .join(', ') + (names.length > LISTED ? `, … (${names.length})` : '')
