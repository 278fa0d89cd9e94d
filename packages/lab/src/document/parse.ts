import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  parseAllDocuments,
  visit,
  type YAMLError,
} from 'yaml'
import type { FieldPath, Problem } from '../fields/problem.ts'

/** A place in a text, counted from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** A document's content, and where in its text each value stands. */
export interface Parsed {
  readonly content: unknown
  /** What is wrong with the text itself. */
  readonly faults: readonly { readonly place: Place; readonly message: string }[]
  /** How many there are beside those. */
  readonly moreFaults: number
  place(problem: Pick<Problem, 'path' | 'ofName'>): Place
}

/** What YAML's own words do not tell a person who has never read its specification. */
const friendlier: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  DUPLICATE_KEY: 'this field comes twice',
  TAB_AS_INDENT: 'a tab cannot indent; use spaces',
  TAG_RESOLVE_FAILED: 'unknown tag; write a plain value',
  NON_STRING_KEY: "expected a field's name",
}

/** So many faults are told. */
const mostFaults = 20

/** An experiment is a page of text; its parser needs stack for every level of nesting, and 20,000 end the process. */
const mostNesting = 200

const isTooDeep = (text: string): boolean =>
  (text.match(/[[{]/g)?.length ?? 0) > mostNesting || new RegExp(`(?:[-?:]\\s+){${mostNesting}}`).test(text)

/** Reads YAML, of which JSON is a part. Nothing is thrown; what is wrong is in {@link Parsed.faults}. */
export function parseDocument(text: string): Parsed {
  const start = { line: 1, column: 1 }
  if (isTooDeep(text)) {
    const message = `expected an experiment, got more than ${mostNesting} levels of nesting`
    return { content: undefined, faults: [{ place: start, message }], moreFaults: 0, place: () => start }
  }
  const lines = new LineCounter()
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const documents = [
    ...parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, stringKeys: true }),
  ]
  const [first, second] = documents as (Document.Parsed | undefined)[]
  const faults = documents
    .flatMap(({ errors, warnings }) => firstOfEach([...errors, ...warnings]))
    .map(({ code, message, pos }) => ({ place: placeOf(pos[0]), message: friendlier[code] ?? message }))
  if (second) {
    const at = second.contents?.range?.[0] ?? second.range[0]
    faults.push({ place: placeOf(at), message: 'expected one experiment, got a second document' })
  }
  if (first) {
    visit(first, {
      Alias(_, { source, range }) {
        const message = `expected a value, got the alias *${source}; write the value out`
        faults.push({ place: placeOf(range?.[0] ?? 0), message })
      },
    })
  }
  return {
    content: faults.length === 0 ? first?.toJS() : undefined,
    faults: faults.slice(0, mostFaults),
    moreFaults: Math.max(0, faults.length - mostFaults),
    place: ({ path, ofName = false }) => placeOf(offsetOf(first?.contents ?? null, path, ofName)),
  }
}

/** A syntax error draws others after it; duplicate fields are told one by one. */
function firstOfEach(errors: readonly YAMLError[]): YAMLError[] {
  const duplicates = errors.filter(({ code }) => code === 'DUPLICATE_KEY')
  return duplicates.length === errors.length
    ? duplicates
    : errors.filter(({ code }) => code !== 'DUPLICATE_KEY').slice(0, 1)
}

/** Where the value at a path stands, or its name; for what is missing, what it is missing from. */
function offsetOf(root: Node | null, path: FieldPath, ofName: boolean): number {
  let here: unknown = root
  let offset = root?.range?.[0] ?? 0
  path.forEach((step, i) => {
    const pair = isMap(here) ? here.items.find(({ key }) => isScalar(key) && key.value === step) : undefined
    const [name, value] = pair ? [pair.key as Node, pair.value as Node | null] : [null, itemOf(here, step)]
    const isEmpty = !value || (isScalar(value) && value.value === null)
    const found = name && (isEmpty || (ofName && i === path.length - 1)) ? name : value
    offset = found?.range?.[0] ?? offset
    here = value
  })
  return offset
}

const itemOf = (node: unknown, step: string | number): Node | null => {
  const items = (node as { items?: readonly unknown[] } | null)?.items
  return typeof step === 'number' && items ? ((items[step] ?? null) as Node | null) : null
}
