/** What may come next where a text of JSON is read letter by letter. */
type Awaited = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or the end' | 'nothing'

const blank = /[ \t\n\r]*/y
const literal = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

const endOf = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}

/** The end of the text in quotes that begins at `at`, or where it is broken, as a negative number less one. */
function endOfText(text: string, at: number): number {
  for (let i = at + 1; i < text.length; ) {
    const letter = text.charCodeAt(i)
    if (letter === 0x22) return i + 1
    const next = letter === 0x5c ? endOf(escape, text, i) : letter < 0x20 ? -1 : i + 1
    if (next < 0) return -i - 1
    i = next
  }
  return -text.length - 1
}

/** Where a text stops being JSON: the first letter that cannot stand there. Without recursion, however deep it is nested. */
function faultAt(text: string): number {
  const open: ('[' | '{')[] = []
  let awaited: Awaited = 'value'
  for (let at = endOf(blank, text, 0); at < text.length; at = endOf(blank, text, at)) {
    const letter = text[at]
    const inside: '[' | '{' | undefined = open.at(-1)
    if (awaited === 'nothing') return at
    if (awaited === ':') {
      if (letter !== ':') return at
      at++
      awaited = 'value'
      continue
    }
    const closes = letter === (inside === '[' ? ']' : '}')
    if (closes && inside !== undefined && awaited !== 'value' && awaited !== 'name') {
      open.pop()
      at++
      awaited = open.length === 0 ? 'nothing' : ', or the end'
      continue
    }
    if (awaited === ', or the end') {
      if (letter !== ',') return at
      at++
      awaited = inside === '[' ? 'value' : 'name'
      continue
    }
    const isName: boolean = awaited === 'name' || awaited === 'name or }'
    if (letter === '"') {
      const end = endOfText(text, at)
      if (end < 0) return -end - 1
      at = end
      awaited = isName ? ':' : open.length === 0 ? 'nothing' : ', or the end'
      continue
    }
    if (isName) return at
    if (letter === '[' || letter === '{') {
      open.push(letter)
      at++
      awaited = letter === '[' ? 'value or ]' : 'name or }'
      continue
    }
    const end = endOf(literal, text, at)
    if (end < 0) return at
    at = end
    awaited = open.length === 0 ? 'nothing' : ', or the end'
  }
  return text.length
}

/** Letters of a text that an error shows. */
const SHOWN = 20

/** What is wrong with a text that is no JSON, and where: `found 'x' in line 3, column 5`. */
export function jsonFault(text: string): string {
  const at = faultAt(text)
  const before = text.slice(0, at)
  const line = before.split('\n').length
  const column = at - before.lastIndexOf('\n')
  const found = at >= text.length ? 'the end' : JSON.stringify(text.slice(at, at + SHOWN))
  return `found ${found} in line ${line}, column ${column}`
}
