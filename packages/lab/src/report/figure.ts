import { colourKey } from './column.ts'
import { attributes, type Content, type Html, html } from './html.ts'

/** One chart of a figure with its heading. */
export interface Panel {
  readonly title: string
  /** A CSS colour: a dot before the heading. */
  readonly colour?: string
  /** Stands back at the right of the heading. */
  readonly note?: string
  readonly svg: Html
}

const panelHtml = ({ title, colour, note, svg }: Panel): Html => {
  const dot = colour === undefined ? null : colourKey(colour)
  const aside = note === undefined ? null : html`<small>${note}</small>`
  return html`<div class="panel"><b><span>${dot}${title}</span>${aside}</b>${svg}</div>\n`
}

/** Small multiples side by side: as many in a row as there is room for, at most `columns`, none below `narrowest` rem. */
export const panels = (all: readonly Panel[], columns = 5, narrowest = 9.5): Html =>
  html`<div class="panels" style="--columns:${columns};--narrowest:${narrowest}rem">${all.map(panelHtml)}</div>`

/** A figure with its caption; figures are numbered by the page. */
export const figure = (content: Content, caption: Content): Html =>
  html`<figure>${content}<figcaption>${caption}</figcaption></figure>`

/** What a set has of its own in a section, under its name. */
export const underName = (name: string, content: Content): Html => html`<h3>${name}</h3>${content}`

/** Of more sets a section would be as long as a book, and slow to open. */
const mostOpen = 4

/** What each set has of its own in a section; of more than four sets all but the first are folded. */
export const underNames = (names: readonly string[], contentOf: (name: string) => Content): readonly Html[] =>
  names.map((name, i) =>
    names.length <= mostOpen
      ? underName(name, contentOf(name))
      : html`<details class="set"${attributes({ open: i === 0 ? '' : null })}><summary><h3>${name}</h3></summary>${contentOf(name)}</details>`,
  )
