// What must hold between the document and the list of runtimes: the table says what the list does, and every fence is a program that is run.
import { entriesOf, neededBy } from '../pack.mjs'
import { fencesOf, marked } from './document.mjs'
import { runtimes } from './runtimes.mjs'
import { differences } from './table.mjs'

/** Fences that show and are not run, by language. */
const shown = ['text']

/** Entries that a page has no use for, or not without more. */
const elsewhere = ['@facet/data/node', '@facet/tensor/gpu']

/** Entries of the one package and of what comes with it that the document's import map lacks, or has elsewhere than they are. */
function mapProblems(document) {
  const text = /<script type="importmap">(.*?)<\/script>/s.exec(document)?.[1] ?? '{ "imports": {} }'
  const { imports } = JSON.parse(text)
  return Object.entries(entriesOf(neededBy('@facet/facet')))
    .filter(([entry, file]) => !elsewhere.includes(entry) && imports[entry] !== `./node_modules/${file}`)
    .map(
      ([entry, file]) => `the import map: ${entry}: expected ./node_modules/${file}, got ${imports[entry]}`,
    )
}

/** What is wrong with the document, a line each. */
export function problemsOf(document) {
  const used = runtimes.flatMap(({ name, files = [], commands = [] }) => [name, ...files, ...commands])
  const fences = fencesOf(document).filter(({ language }) => !shown.includes(language))
  return [
    ...differences(marked(document).table),
    ...mapProblems(document),
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
