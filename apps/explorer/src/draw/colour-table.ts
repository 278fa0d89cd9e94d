/** Colours of a table: a texture's width, and as many as can be told apart. */
export const COLOURS = 256

/** Colours as bytes of red, green, blue and alpha one after another: [4 × {@link COLOURS}]. */
export type ColourTable = Uint8Array<ArrayBuffer>

/** A table of opaque colours. @param colour the bytes of each number */
export function colourTable(
  colour: (index: number) => readonly [red: number, green: number, blue: number],
): ColourTable {
  const table = new Uint8Array(4 * COLOURS).fill(255)
  for (let i = 0; i < COLOURS; i++) table.set(colour(i), 4 * i)
  return table
}

/** A colour of a table as CSS writes it: `#rrggbb`. */
export const cssOf = (table: ColourTable, index: number): string =>
  `#${[0, 1, 2].map((k) => table[4 * index + k].toString(16).padStart(2, '0')).join('')}`
