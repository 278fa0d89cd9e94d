import { gzipSync } from 'node:zlib'
import { type Content, type Html, html, trusted } from './html.ts'
import type { Palette } from './palette.ts'
import { pageStyle } from './style.ts'

/** A part of a page: a heading, prose and figures. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly html: Html
}

/** A file that the page carries for its reader to save. */
export interface Download {
  readonly name: string
  readonly type: 'text/csv' | 'application/json' | 'application/yaml'
  readonly text: string
}

export interface Page {
  readonly title: string
  /** What stands over the title, in small letters. */
  readonly kicker?: string
  /** A paragraph or two under the title. */
  readonly lead: Html
  readonly sections: readonly Section[]
  readonly downloads: readonly Download[]
  /** The last line. */
  readonly footer?: Html
  /** Colours beside the page's own, of which `--name` is one. */
  readonly colours?: Palette
  /** CSS of our own beside the page's. */
  readonly css?: string
}

/** A file of more bytes is packed by gzip, which whatever reads tables knows: the epochs of 540 runs would be 9 MB of a page. */
const mostPlain = 1 << 18

/** A link that saves a file. */
export function dataLink({ name, type, text }: Download): Html {
  const bytes = Buffer.from(text)
  const [file, kind, content] =
    bytes.length > mostPlain
      ? [`${name}.gz`, 'application/gzip', gzipSync(bytes, { level: 9 })]
      : [name, `${type};charset=utf-8`, bytes]
  return html`<a download="${file}" href="data:${kind};base64,${content.toString('base64')}">${file}</a>`
}

const list = (items: readonly Content[]): Html =>
  html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`

/**
 * One self-contained HTML document: no request leaves it and no script runs in it, whatever came into it, because the page's policy
 * forbids both. Styles are allowed inline: charts and panels have `style` attributes, and no style can ask for anything either.
 */
export function renderPage(page: Page): string {
  const { title, kicker, lead, sections, downloads, footer, colours = {}, css = '' } = page
  const contents = list(sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`))
  const files =
    downloads.length === 0
      ? null
      : html`<div class="files" aria-label="Files to save">${list(downloads.map(dataLink))}</div>`
  const body = sections.map(
    ({ id, title, html: inside }) =>
      html`<section id="${id}" aria-labelledby="${id}-title">\n<h2 id="${id}-title">${title}</h2>\n${inside}\n</section>\n`,
  )
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(pageStyle(colours) + css)}</style>
</head>
<body>
<a class="skip" href="#main">To the results</a>
<header>
${kicker === undefined ? null : html`<p class="kicker">${kicker}</p>\n`}<h1>${title}</h1>
<div class="lead">${lead}</div>
<nav aria-label="Contents">${contents}${files}</nav>
</header>
<main id="main">
${body}</main>
${footer === undefined ? null : html`<footer>${footer}</footer>\n`}</body>
</html>
`.toString()
}
