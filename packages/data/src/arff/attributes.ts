import { fail, type Source, shown } from '../samples/source.ts'

/** A column of an ARFF file. */
export interface Attribute {
  readonly name: string
  readonly kind: 'number' | 'text' | 'nominal'
  /** What stands in a sparse row for a value that it leaves out. */
  readonly left: string
}

const kinds: Readonly<Record<string, Attribute['kind']>> = {
  numeric: 'number',
  real: 'number',
  integer: 'number',
  string: 'text',
  date: 'text',
}

/** A piece in quotes of either kind, or without. */
const word = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s,{}'"%]+)/y

/** @returns the word at a place without its quotes, and where it ends; `null` for none */
export function wordAt(text: string, at: number): { readonly word: string; readonly end: number } | null {
  word.lastIndex = at
  const found = word.exec(text)
  if (found === null) return null
  const quoted = found[1] ?? found[2]
  return { word: quoted === undefined ? found[3] : quoted.replace(/\\(.)/g, '$1'), end: word.lastIndex }
}

/** The words of a list, parted by commas or blanks. */
export function wordsIn(text: string): string[] {
  const words: string[] = []
  for (let at = 0; at < text.length; ) {
    const found = wordAt(text, at)
    if (found) words.push(found.word)
    at = found?.end ?? at + 1
  }
  return words
}

/** Reads `name type` after `@attribute`. @throws for a type that is not read */
export function attributeIn(source: Source, line: number, text: string): Attribute {
  const name = wordAt(text, 0)
  if (name === null) {
    return fail(source, `line ${line}`, `@attribute: expected a name and a type, got ${shown(text)}`)
  }
  const type = text.slice(name.end).trim()
  if (type.startsWith('{')) {
    const values = wordsIn(type)
    return { name: name.word, kind: 'nominal', left: values[0] ?? '?' }
  }
  const [key] = type.toLowerCase().split(/[\s[]/, 1)
  const kind = Object.hasOwn(kinds, key) ? kinds[key] : undefined
  if (kind) return { name: name.word, kind, left: kind === 'number' ? '0' : '?' }
  const hint =
    key === 'relational' ? ': series of several dimensions, or bags of samples, which are not read' : ''
  return fail(
    source,
    `line ${line}`,
    `expected an attribute that is numeric, real, integer, nominal {a,b}, string or date, got ${shown(type)}${hint}`,
  )
}
