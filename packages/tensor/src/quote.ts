/** The most of a text from a file that an error message shows. */
const SHOWN = 80

/** A text from a file in an error message: in quotes, what cannot be seen spelled out, and not without end. */
export function quote(text: string): string {
  const short = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
  const visible = short.replace(/\p{C}/gu, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`)
  return `'${visible}'`
}
