import { plain } from './plain.ts'

/** A space at which {@link wrap} does not break a line. */
export const noBreak = '\u00a0'

/** Breaks text at spaces into lines of at most `width` characters; all but the first are indented. Only letters are left of it ({@link plain}). */
export function wrap(text: string, width: number, indent = ''): string {
  const lines: string[] = ['']
  for (const word of plain(text).split(' ')) {
    const last = lines[lines.length - 1]
    if (last === '') lines[lines.length - 1] = word
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(`${indent}${word}`)
  }
  return lines.join('\n').replaceAll(noBreak, ' ')
}

/** Wraps the lines of a text that are wider than `width`, each under its own indentation; the others stay as they are. */
export const wrapLines = (text: string, width: number): string =>
  text
    .split('\n')
    .map((line) => {
      if (line.length <= width) return plain(line)
      const [indent] = /^ */.exec(line)!
      return wrap(`${noBreak.repeat(indent.length)}${line.slice(indent.length)}`, width, `${indent}  `)
    })
    .join('\n')
