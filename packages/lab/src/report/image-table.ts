import type { ImageShape } from '@facet/data'
import { type Content, type Html, html } from './html.ts'
import { pixelsHtml } from './pixels.ts'

/** A row of images beside its name. */
export interface ImageRow {
  readonly name: Content
  readonly images: readonly {
    /** Its pixels, 0 to 1. */
    readonly sample: readonly number[]
    /** What it is, for those who do not see it. */
    readonly label: string
    /** Stands under it. */
    readonly note?: string | null
  }[]
}

/** Images of one shape in rows, under the heads of their columns. The first head is over the names. */
export const imageTable = (
  [first, ...heads]: readonly Content[],
  rows: readonly ImageRow[],
  shape: ImageShape,
): Html =>
  html`<table class="images"><thead><tr><th scope="col">${first}</th>${heads.map(
    (head) => html`<th scope="col">${head}</th>`,
  )}</tr></thead><tbody>${rows.map(
    ({ name, images }) =>
      html`<tr><th scope="row">${name}</th>${images.map(
        ({ sample, label, note = null }) =>
          html`<td>${pixelsHtml(sample, shape, label)}${note === null ? null : html`<small class="faint">${note}</small>`}</td>`,
      )}</tr>\n`,
  )}</tbody></table>`
