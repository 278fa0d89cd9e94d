// `docs/embedding.md` is where the programs of the matrix stand. A fence whose first line names a file holds that file (```js vite/main.js: of
// the runtime `vite`; ```js top-row.js: of all), one of `sh` that names a runtime holds its commands.
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

/** Files and commands by runtime, of all under the name ''. */
export function programsOf(text) {
  const programs = {}
  for (const { language, named, body } of fencesOf(text)) {
    if (named === undefined) continue
    const [, runtime = '', file] = /^(?:([\w-]+)\/)?(.+)$/.exec(named)
    const at = language === 'sh' ? named : runtime
    const program = (programs[at] ??= { files: {}, commands: [] })
    if (language === 'sh') program.commands.push(...body.trim().split('\n'))
    else if (language === 'http')
      program.headers = Object.fromEntries(
        body
          .trim()
          .split('\n')
          .map((line) => line.split(': ', 2)),
      )
    else program.files[file] = body
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
