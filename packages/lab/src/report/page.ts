/** A part of a page: a heading, prose and figures as HTML. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly html: string
}

/** A file that the page carries for its reader to save. */
export interface Download {
  readonly name: string
  readonly type: 'text/csv' | 'application/json'
  readonly text: string
}

export interface Page {
  readonly title: string
  /** A paragraph or two under the title, as HTML. */
  readonly lead: string
  readonly sections: readonly Section[]
  readonly downloads: readonly Download[]
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character])

/** One self-contained HTML document: no request leaves it. */
export function renderPage({ title, lead, sections, downloads }: Page): string {
  const links = downloads
    .map(
      ({ name, type, text }) =>
        `<a download="${escapeHtml(name)}" href="data:${type};charset=utf-8,${encodeURIComponent(text)}">${escapeHtml(name)}</a>`,
    )
    .join(' ')
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title></head>
<body><h1>${escapeHtml(title)}</h1>${lead}<nav>${links}</nav>
${sections.map((section) => `<section id="${section.id}"><h2>${escapeHtml(section.title)}</h2>${section.html}</section>`).join('\n')}
</body></html>
`
}
