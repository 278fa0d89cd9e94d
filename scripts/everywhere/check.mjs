// What must hold between the document and the list of runtimes: the table says what the list does, and every fence is a program that is run.
import { fencesOf, marked } from './document.mjs'
import { runtimes } from './runtimes.mjs'
import { differences } from './table.mjs'

/** Fences that show and are not run, by language. */
const shown = ['text']

/** What is wrong with the document, a line each. */
export function problemsOf(document) {
  const used = runtimes.flatMap(({ name, files = [], commands = [] }) => [name, ...files, ...commands])
  const fences = fencesOf(document).filter(({ language }) => !shown.includes(language))
  return [
    ...differences(marked(document).table),
    ...fences
      .filter(({ named }) => named === undefined)
      .map(({ language, body }) => `nothing runs this ${language}: ${body.split('\n')[0]}`),
    ...fences
      .map(({ language, named = '' }) =>
        /[/]/.test(named) || ['sh', 'http'].includes(language) ? named.split('/')[0] : '',
      )
      .filter((name) => name !== '' && !used.includes(name))
      .map((name) => `it has a program of '${name}', which is no runtime`),
  ]
}
