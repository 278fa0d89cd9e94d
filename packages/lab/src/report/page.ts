import { escapeHtml } from './html.ts'
import { pageStyle } from './style.ts'

export { escapeHtml } from './html.ts'

/** A part of a page: a heading, prose and figures as HTML. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly html: string
}

/** A file that the page carries for its reader to save. */
export interface Download {
  readonly name: string
  readonly type: 'text/csv' | 'application/json' | 'application/yaml'
  readonly text: string
}

export interface Page {
  readonly title: string
  /** What stands over the title, in small letters, as text. */
  readonly kicker?: string
  /** A paragraph or two under the title, as HTML. */
  readonly lead: string
  readonly sections: readonly Section[]
  readonly downloads: readonly Download[]
  /** The last line, as HTML. */
  readonly footer?: string
}

const dataLink = ({ name, type, text }: Download): string =>
  `<a download="${escapeHtml(name)}" href="data:${type};charset=utf-8;base64,${Buffer.from(text).toString('base64')}">${escapeHtml(name)}</a>`

const list = (items: readonly string[]): string =>
  `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`

/** One self-contained HTML document: no request leaves it, no script runs in it. */
export function renderPage({ title, kicker, lead, sections, downloads, footer }: Page): string {
  const contents = list(
    sections.map(({ id, title }) => `<a href="#${escapeHtml(id)}">${escapeHtml(title)}</a>`),
  )
  const files =
    downloads.length === 0
      ? ''
      : `<div class="files" aria-label="Files to save">${list(downloads.map(dataLink))}</div>`
  const body = sections.map(
    ({ id, title, html }) =>
      `<section id="${escapeHtml(id)}" aria-labelledby="${escapeHtml(id)}-title">\n<h2 id="${escapeHtml(id)}-title">${escapeHtml(title)}</h2>\n${html}\n</section>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body>
<a class="skip" href="#main">To the results</a>
<header>
${kicker === undefined ? '' : `<p class="kicker">${escapeHtml(kicker)}</p>\n`}<h1>${escapeHtml(title)}</h1>
<div class="lead">${lead}</div>
<nav aria-label="Contents">${contents}${files}</nav>
</header>
<main id="main">
${body.join('\n')}
</main>
${footer === undefined ? '' : `<footer>${footer}</footer>\n`}</body>
</html>
`
}
