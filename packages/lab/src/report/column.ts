import type { CsvValue } from '../text/csv.ts'
import { type Content, type Html, html } from './html.ts'

/** A cell with the class that it takes: `text`, `breaks`, `best`. */
export interface HtmlCell {
  readonly html: Html
  readonly className?: string
}

/**
 * A column of a table, for a terminal, Markdown, a page and CSV at once. The first one names its rows.
 *
 * @typeParam R what a row is made of.
 */
export interface Column<R> {
  readonly head: string
  /** The head in a page; default: `head`. */
  readonly headHtml?: Html | HtmlCell
  /** The cell of a terminal and of Markdown; `null` where they have no such column. */
  readonly text: ((row: R) => string) | null
  /** The cell of a page; default: the text, whose `±` stays with its number. `null` where a page has no such column. */
  readonly html?: ((row: R) => Html | HtmlCell) | null
  /** The class of all cells in a page: `text` flush left, `breaks` may break, `best` bold. */
  readonly className?: string
  /** Columns of a CSV file by their names; none by default. */
  readonly csv?: Readonly<Record<string, (row: R) => CsvValue>>
  /** Whether it is flush left in a terminal. The first column always is. */
  readonly left?: boolean
}

/** A space at which no line breaks. */
const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0')

/** Text with `±` kept with its number: a narrow cell breaks before it. */
export const withSpread = (text: string): string => text.replaceAll('± ', '±\u00a0')

/** A dot of a CSS colour, as the legend of a row or a panel. */
export const colourKey = (colour: string): Html =>
  html`<span class="key" style="background:${colour}"></span>`

/** Words that stand back, on one line. */
export const aside = (words: string): Html => html`<small class="faint">${unbroken(words)}</small>`

/** A name with a dot of its colour before it and, standing back behind it, an aside such as `λ 0.01`. */
export const nameHtml = (name: string, { colour = null, beside = '' }: NameParts = {}): Html => {
  const dot: Content = colour === null ? null : colourKey(colour)
  return beside === '' ? html`${dot}${name}` : html`${dot}${name} ${aside(beside)}`
}

export interface NameParts {
  /** A CSS colour. */
  readonly colour?: string | null
  /** Nothing where it is empty. */
  readonly beside?: string
}
