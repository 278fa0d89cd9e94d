/* biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what is looked for here. */

/** ANSI: strings to the terminal (OSC, DCS, SOS, PM, APC) that end, CSI, and what else begins with ESC; in 7 and in 8 bits. */
const sequences =
  /(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\|\x9c)|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[ -/]+[0-~]|\x1b[0-OQ-WYZ\\`-~]/g

const breaks = /[\t-\r\x85\u2028\u2029]+/g

/** C0, DEL, C1; the signs that turn the direction of text, so that it reads as other text; halves of pairs that stand alone. */
const controls = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu

/**
 * Text of data, files or arguments for one line of a terminal, a log or a cell: nothing in it can move the cursor, colour, ring, or read
 * as other text. Line breaks and tabs become a space. Colours of our own are put around it afterwards.
 *
 * @example
 * ```ts
 * plain('CBF\u001b[2J\u202e evil') // 'CBF evil'
 * ```
 */
export const plain = (text: string): string =>
  text.replace(sequences, '').replace(breaks, ' ').replace(controls, '')

/** The same of several lines, which stay lines. */
export const plainLines = (text: string): string => text.split(/\r?\n/).map(plain).join('\n')
