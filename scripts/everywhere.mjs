// Runs one small program in every place that Facet is meant for: `node scripts/everywhere.mjs --help`. Each place is an empty folder where npm
// installs the packed packages and the place's own tools; its program and commands are those of `docs/embedding.md`. All must name the same row
// with the same score. Run after `pnpm build`.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { versionOf } from './everywhere/browsers.mjs'
import { problemsOf } from './everywhere/check.mjs'
import { marked, programsOf, readDocument, writeDocument } from './everywhere/document.mjs'
import { stopAll } from './everywhere/processes.mjs'
import { runtimes } from './everywhere/runtimes.mjs'
import { writeTable } from './everywhere/table.mjs'
import { install, tryRuntime } from './everywhere/try-runtime.mjs'
import { pack, packedIn } from './pack.mjs'

const help = `node scripts/everywhere.mjs [names…]   one small program everywhere; without names, where CI does

  --all            everywhere
  --list           names of all places; those of CI have a *
  --check          only compare the table of docs/embedding.md with the list
  --write          write what came of it into that table
  --packed <dir>   take packages that \`pnpm pack:all <dir>\` has packed
  --keep           leave the folders, and say where
`

const { values: flags, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean' },
    check: { type: 'boolean' },
    help: { type: 'boolean' },
    keep: { type: 'boolean' },
    list: { type: 'boolean' },
    packed: { type: 'string' },
    write: { type: 'boolean' },
  },
})

/** Seconds that a place has to install, and then to run. */
const limit = { install: 240, run: 120 }
const atOnce = 3
/** Scores may differ by so much of themselves: what fuses multiplication and addition rounds otherwise. */
const tolerance = 1e-4

const chosen = () => {
  const unknown = names.filter((name) => !runtimes.some((runtime) => runtime.name === name))
  if (unknown.length > 0) throw new Error(`no such place: ${unknown.join(', ')}; --list names all`)
  if (flags.all) return runtimes
  return runtimes.filter(({ name, inCi }) => (names.length > 0 ? names.includes(name) : inCi))
}

/** Numbers of a line, of which there are four: row and score, and the same from the file. */
const numbersOf = (line) =>
  [...line.matchAll(/row (\d+) scores (\S+?)(?=,|$)/g)].flatMap(([, ...found]) => found.map(Number))

/** @throws Error unless a line says what the first place's does, all of it or its beginning. */
function expectSame(line, expected) {
  const [want, got] = [expected, line].map(numbersOf)
  const isSame = got
    .slice(0, want.length)
    .every((value, i) => Math.abs(want[i] - value) <= tolerance * Math.abs(want[i]))
  if (got.length < 2 || !isSame) throw new Error(`expected '${expected}', got '${line}'`)
}

/** @throws Error where a page warns of anything but what its place is known for. */
function expectNotes(notes, known = []) {
  const strange = notes.filter((note) => !known.some((pattern) => pattern.test(note)))
  if (strange.length > 0) throw new Error(`the page warns: ${strange.join('\n')}`)
  const missing = known.filter((pattern) => !notes.some((note) => pattern.test(note)))
  if (missing.length > 0) throw new Error(`expected a warning ${missing.join(', ')}`)
}

/** What came of a place, or why nothing did; after `seconds` it is over. */
async function within(seconds, work) {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(new Error(`not done after ${seconds} s`)), seconds * 1000)
  try {
    return await work(controller.signal)
  } catch (error) {
    throw controller.signal.aborted
      ? new Error(`${controller.signal.reason.message}\n${error.message}`)
      : error
  } finally {
    clearTimeout(timer)
    controller.abort()
  }
}

/** As many of `jobs` under way as `count` says. */
async function pool(jobs, count) {
  const left = [...jobs]
  await Promise.all(
    Array.from({ length: count }, async () => {
      for (let job = left.shift(); job !== undefined; job = left.shift()) await job()
    }),
  )
}

async function main(scratch) {
  const text = readDocument()
  const programs = programsOf(text)
  const places = chosen()
  const tarballs = Object.fromEntries(
    Object.entries(flags.packed ? packedIn(flags.packed) : pack(join(scratch, 'packed'))).filter(
      ([name]) => !['@facet/lab', '@facet/geometry', '@facet/regularizers'].includes(name),
    ),
  )
  const results = {}
  const failures = {}
  let expected
  const attempt = (runtime) => async () => {
    const began = performance.now()
    const folder = join(scratch, runtime.name)
    try {
      await within(limit.install, (signal) => install(runtime, folder, tarballs, signal))
      const installed = performance.now()
      const { lines, notes } = await within(runtime.limit ?? limit.run, (signal) =>
        tryRuntime(runtime, folder, programs, signal),
      )
      if (lines.length === 0) throw new Error('printed nothing')
      for (const line of lines) expectSame(line, (expected ??= line))
      expectNotes(notes, runtime.notes)
      const version = runtime.browser === undefined ? runtime.version?.() : await versionOf(runtime.browser)
      results[runtime.name] = `${lines[0].split(',')[0]}${version === undefined ? '' : `; ${version}`}`
      const [a, b] = [installed - began, performance.now() - installed].map((ms) => (ms / 1000).toFixed(1))
      console.log(`${runtime.name}: ${lines.join('; ')} (installed in ${a} s, ran in ${b} s)`)
      for (const note of notes) console.log(`  ${note.slice(0, 300)}`)
    } catch (error) {
      failures[runtime.name] = error.message
      console.error(`${runtime.name}: FAILED: ${error.message.trim().split('\n').slice(-12).join('\n  ')}`)
    }
  }
  await pool(places.map(attempt), atOnce)
  if (flags.write) writeDocument(marked(text).with(writeTable(results, marked(text).table)))
  console.log(`\n${writeTable(results)}\n`)
  const failed = Object.keys(failures)
  console.log(`${places.length - failed.length} of ${places.length} places agree`)
  return check() === 0 && failed.length === 0 ? 0 : 1
}

/** Says what is wrong with the document. */
function check() {
  const problems = problemsOf(readDocument())
  for (const problem of problems) console.error(`docs/embedding.md: ${problem}`)
  return problems.length === 0 ? 0 : 1
}

async function inScratch(work) {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'facet-everywhere-')))
  const remove = () => {
    stopAll()
    if (flags.keep) console.log(`folders: ${scratch}`)
    else rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
  }
  process.on('exit', remove)
  return work(scratch)
}

if (flags.help) console.log(help)
else if (flags.list)
  for (const { name, title, inCi } of runtimes) console.log(`${inCi ? '*' : ' '} ${name.padEnd(16)}${title}`)
else process.exit(flags.check ? check() : await inScratch(main))
