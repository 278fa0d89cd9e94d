// `docs/embedding.md` is where the programs of the matrix stand. A fence whose first line names a file holds that file (```js vite/main.js: of
// the runtime `vite`; ```js top-row.js: of all), one of `sh` or `http` that names a runtime holds its commands, or the headers of its pages.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const path = fileURLToPath(new URL('../../docs/embedding.md', import.meta.url))

export const readDocument = () => readFileSync(path, 'utf8')
export const writeDocument = (text) => writeFileSync(path, text)

/** All fences of the document: language, what it names, and the text. */
export const fencesOf = (text) =>
  [...text.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(([, language, named, body]) => ({
    language,
    named,
    body,
  }))

const headersOf = (body) =>
  Object.fromEntries(
    body
      .trim()
      .split('\n')
      .map((line) => line.split(': ', 2)),
  )

/** `{ files, commands, headers }` by runtime; files of all under the name ''. */
export function programsOf(text) {
  const programs = {}
  const of = (name) => (programs[name] ??= { files: {}, commands: [], headers: {} })
  for (const { language, named, body } of fencesOf(text)) {
    if (named === undefined) continue
    if (language === 'sh') of(named).commands.push(...body.trim().split('\n'))
    else if (language === 'http') Object.assign(of(named).headers, headersOf(body))
    else {
      const [, runtime = '', file] = /^(?:([\w-]+)\/)?(.+)$/.exec(named)
      of(runtime).files[file] = body
    }
  }
  return programs
}

const [opening, closing] = ['<!-- everywhere -->', '<!-- /everywhere -->']

/** What stands between the marks, and the document with something else there. */
export function marked(text) {
  const [from, to] = [text.indexOf(opening) + opening.length, text.indexOf(closing)]
  if (to < from) throw new Error(`docs/embedding.md: expected ${opening} and ${closing}`)
  return {
    table: text.slice(from, to).trim(),
    with: (table) => `${text.slice(0, from)}\n${table}\n${text.slice(to)}`,
  }
}
