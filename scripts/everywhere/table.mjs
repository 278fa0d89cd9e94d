// The table of the document. Its columns but the last say what the list of runtimes says and are compared with it; the last says what came of a run.
import { runtimes } from './runtimes.mjs'

const columns = {
  runtime: ({ title }) => title,
  'installed beside it': ({ tools = {} }) =>
    Object.entries(tools)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ') || '–',
  imported: ({ imported }) => imported,
  'to be said': ({ say = 'nothing' }) => say,
}

const heads = [...Object.keys(columns), 'result']

const rowOf = (cells) => `| ${cells.join(' | ')} |`
const cellsOf = (row) =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())

/** What was last written, by the runtime's title: all cells of its row. */
const readTable = (table) =>
  Object.fromEntries(
    table
      .split('\n')
      .slice(2)
      .filter((row) => row !== '')
      .map((row) => [cellsOf(row)[0], cellsOf(row)]),
  )

const saidOf = (runtime) => Object.values(columns).map((cell) => cell(runtime))

/** The table with `results` by name; what was not run now keeps what the last table says of it. */
export function writeTable(results, last = '') {
  const before = readTable(last)
  const rows = runtimes.map((runtime) => {
    const result = results[runtime.name] ?? before[runtime.title]?.at(-1) ?? 'not run'
    return rowOf([...saidOf(runtime), result])
  })
  return [rowOf(heads), rowOf(heads.map(() => '---')), ...rows].join('\n')
}

/** What the document's table says otherwise than the list of runtimes, a line each. */
export function differences(table) {
  const written = readTable(table)
  const titles = runtimes.map(({ title }) => title)
  return [
    ...Object.keys(written)
      .filter((title) => !titles.includes(title))
      .map((title) => `${title}: in the document alone`),
    ...runtimes.flatMap((runtime) => {
      const row = written[runtime.title]
      if (row === undefined) return [`${runtime.title}: not in the document`]
      const said = saidOf(runtime)
      return said.flatMap((cell, i) =>
        cell === row[i] ? [] : [`${runtime.title}: ${heads[i]}: expected ${cell}, got ${row[i]}`],
      )
    }),
  ]
}
