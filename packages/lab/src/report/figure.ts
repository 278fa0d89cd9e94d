import { escapeHtml } from './html.ts'

/** One chart of a figure with its heading; `svg` is HTML. */
export interface Panel {
  readonly title: string
  /** A CSS colour: a dot before the heading. */
  readonly colour?: string
  /** Stands back at the right of the heading. */
  readonly note?: string
  readonly svg: string
}

const panelHtml = ({ title, colour, note, svg }: Panel): string => {
  const dot = colour === undefined ? '' : `<span class="key" style="background:${colour}"></span>`
  const aside = note === undefined ? '' : `<small>${escapeHtml(note)}</small>`
  return `<div class="panel"><b>${dot}<span>${escapeHtml(title)}</span>${aside}</b>${svg}</div>`
}

/** Small multiples side by side: as many in a row as there is room for, at most `columns`, none below `narrowest` rem. */
export const panels = (all: readonly Panel[], columns = 5, narrowest = 9.5): string =>
  `<div class="panels" style="--columns:${columns};--narrowest:${narrowest}rem">${all.map(panelHtml).join('\n')}</div>`

/** A figure with its caption, which is HTML; figures are numbered by the page. */
export const figure = (html: string, caption: string): string =>
  `<figure>${html}<figcaption>${caption}</figcaption></figure>`

/** What the signs of a figure mean. `sign` is the inside of an SVG of 32 × 16. */
export const legend = (entries: readonly { readonly sign: string; readonly text: string }[]): string =>
  `<ul class="legend">${entries
    .map(
      ({ sign, text }) =>
        `<li><svg viewBox="0 0 32 16" aria-hidden="true">${sign}</svg>${escapeHtml(text)}</li>`,
    )
    .join('')}</ul>`
