import { likeliest } from '@facet/tensor/checks'
import { fail, type Source, shown } from '../samples/source.ts'

/** What a `.ts` file says before its series. */
export interface TsHeader {
  /** Classes by `@classLabel true`; `null` where series have none, `undefined` where nothing is said. */
  readonly classes: readonly string[] | null | undefined
  /** Whether series have a number at their end that is no class, by `@targetLabel true`. */
  readonly targets: boolean
  /** By `@seriesLength`: values of a series, and the line that says so. */
  readonly length: { readonly count: number; readonly line: number } | undefined
  /** The lines that say so. */
  readonly lines: ReadonlyMap<string, number>
}

/** A line that begins with @. */
interface Tag {
  readonly source: Source
  readonly line: number
  /** As in the file, `@timeStamps`. */
  readonly tag: string
  readonly words: readonly string[]
  /** Whether labels are asked for. */
  readonly labelled: boolean
}

const yes: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
])

function truth({ source, line, tag, words }: Tag): boolean {
  const value = yes.get(words[0]?.toLowerCase() ?? '')
  if (value === undefined) {
    return fail(source, `line ${line}`, `${tag}: expected true or false, got ${shown(words.join(' '))}`)
  }
  return value
}

/** What is read are series of one dimension, without time stamps; a file that says otherwise is refused. */
const only =
  (expected: boolean, message: string) =>
  (tag: Tag): undefined => {
    if (truth(tag) !== expected) {
      fail(tag.source, `line ${tag.line}`, `expected ${message}, got ${tag.tag} ${tag.words[0]}`)
    }
  }

function count({ source, line, tag, words }: Tag): number {
  if (words.length !== 1 || !/^[1-9]\d{0,8}$/.test(words[0])) {
    return fail(
      source,
      `line ${line}`,
      `${tag}: expected a positive whole number, got ${shown(words.join(' '))}`,
    )
  }
  return Number(words[0])
}

function classes(tag: Tag): readonly string[] | null {
  if (!truth(tag)) return null
  const { source, line, words } = tag
  const names = words.slice(1)
  if (names.length === 0)
    fail(source, `line ${line}`, `${tag.tag} true: expected the classes after it, got none`)
  const known = new Set<string>()
  for (const name of names) {
    if (known.has(name)) fail(source, `line ${line}`, `expected each class once, got ${shown(name)} twice`)
    known.add(name)
  }
  return names
}

/** Labels of a regression are numbers, which are left out where no labels are asked for. */
function targets(tag: Tag): boolean {
  const has = truth(tag)
  if (has && tag.labelled) {
    fail(
      tag.source,
      `line ${tag.line}`,
      `expected labels that are classes, got ${tag.tag} ${tag.words[0]}: numbers to be predicted; read the series without them by the option labels: 'none'`,
    )
  }
  return has
}

/** The tags, in lower case (their case does not matter), and what each of them says. */
const tags = {
  problemname: () => undefined,
  timestamps: only(false, 'series without time stamps'),
  missing: (tag: Tag) => void truth(tag),
  univariate: only(true, 'series of one dimension'),
  dimensions: (tag: Tag) => {
    if (count(tag) !== 1)
      fail(tag.source, `line ${tag.line}`, `expected series of one dimension, got ${tag.words[0]}`)
  },
  equallength: (tag: Tag) => void truth(tag),
  serieslength: count,
  classlabel: classes,
  targetlabel: targets,
} satisfies Record<string, (tag: Tag) => unknown>

const known = [
  '@problemName',
  '@timeStamps',
  '@missing',
  '@univariate',
  '@dimensions',
  '@equalLength',
  '@seriesLength',
  '@classLabel',
  '@targetLabel',
]

/** Reads the header a line at a time. */
export class TsHeaderReader {
  readonly #source: Source
  readonly #labelled: boolean
  readonly #said = new Map<string, unknown>()
  readonly #lines = new Map<string, number>()

  constructor(source: Source, labelled: boolean) {
    this.#source = source
    this.#labelled = labelled
  }

  /** @returns the header when the line is `@data`, else `null` */
  take(text: string, line: number): TsHeader | null {
    if (text === '' || text.startsWith('#')) return null
    const [tag, ...words] = text.split(/\s+/)
    if (!tag.startsWith('@')) {
      return fail(
        this.#source,
        `line ${line}`,
        `expected a tag such as @problemName, or @data, got ${shown(text)}`,
      )
    }
    const name = tag.slice(1).toLowerCase()
    if (name === 'data') return this.#header(line, words)
    if (!Object.hasOwn(tags, name)) {
      const like = likeliest(tag, known)
      const hint = like === undefined ? `; known: ${known.join(' ')}` : `; did you mean ${like}?`
      fail(this.#source, `line ${line}`, `unknown tag ${shown(tag)}${hint}`)
    }
    const before = this.#lines.get(name)
    if (before !== undefined) {
      fail(this.#source, `line ${line}`, `expected ${tag} once, got it in line ${before} as well`)
    }
    this.#lines.set(name, line)
    this.#said.set(
      name,
      tags[name as keyof typeof tags]({
        source: this.#source,
        line,
        tag,
        words,
        labelled: this.#labelled,
      }),
    )
    return null
  }

  #header(line: number, words: readonly string[]): TsHeader {
    if (words.length > 0)
      fail(this.#source, `line ${line}`, `expected @data alone, got ${shown(words.join(' '))}`)
    const count = this.#said.get('serieslength') as number | undefined
    return {
      classes: this.#said.get('classlabel') as TsHeader['classes'],
      targets: this.#said.get('targetlabel') === true,
      length: count === undefined ? undefined : { count, line: this.#lines.get('serieslength') as number },
      lines: this.#lines,
    }
  }
}
