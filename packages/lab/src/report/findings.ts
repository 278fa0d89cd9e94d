import { type Content, type Html, html } from './html.ts'

/** What a study found, as the list at the top of its page, and a note on how to read it. */
export const findingsList = (findings: readonly Content[], note: Content): Html =>
  html`<ul>${findings.map((finding) => html`<li>${finding}</li>\n`)}</ul>
<p class="note">${note}</p>`

/** Words that stand out. */
export const strong = (words: Content): Html => html`<strong>${words}</strong>`

/** Parts with a separator between them. */
export const joined = (parts: readonly Content[], separator: Content): Content =>
  parts.map((part, i) => (i === 0 ? part : [separator, part]))
