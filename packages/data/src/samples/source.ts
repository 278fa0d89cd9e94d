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

/** A piece of a file in an error message: quoted, control characters escaped, cut off where it is long. */
export const shown = (text: string): string =>
  text.length <= SHOWN ? JSON.stringify(text) : `${JSON.stringify(text.slice(0, SHOWN))}…`
