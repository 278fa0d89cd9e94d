// Runs one small program in every place that Facet is meant for: `node scripts/everywhere.mjs --help`. Each place is an empty folder where npm
// installs the packed packages and the place's own tools; its program and commands are those of `docs/embedding.md`. All must name the same row
// with the same score. Run after `pnpm build`.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { expectNotes, expectSame } from './everywhere/agreement.mjs'
import { versionOf } from './everywhere/browsers.mjs'
import { problemsOf } from './everywhere/check.mjs'
import { marked, programsOf, readDocument, writeDocument } from './everywhere/document.mjs'
import { install } from './everywhere/install.mjs'
import { stopAll } from './everywhere/processes.mjs'
import { runtimes } from './everywhere/runtimes.mjs'
import { together, within } from './everywhere/schedule.mjs'
import { writeTable } from './everywhere/table.mjs'
import { tryRuntime } from './everywhere/try-runtime.mjs'
import { neededBy, pack, packedIn } from './pack.mjs'

const help = `node scripts/everywhere.mjs [names…]   one small program in many places; without names, in those of CI

  --all            in all places
  --list           names of all places; those of CI have a *
  --check          only compare docs/embedding.md with the list
  --write          write what came of it into the table there
  --packed <dir>   take packages that \`pnpm pack:all <dir>\` has packed
  --keep           leave the folders, and say where`

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
/** Places under way: installing waits for disks and the registry, running for two cores. */
const atOnce = 3
/** Lines of a failure that are shown: the last ones. */
const shown = 15

/** @throws Error for a name that no place has. */
function chosen() {
  const unknown = names.filter((name) => !runtimes.some((runtime) => runtime.name === name))
  if (unknown.length > 0) throw new Error(`no such place: ${unknown.join(', ')}; --list names all`)
  if (flags.all) return runtimes
  return runtimes.filter(({ name, inCi }) => (names.length > 0 ? names.includes(name) : inCi))
}

const secondsSince = (begun) => ((performance.now() - begun) / 1000).toFixed(1)

/** What a place prints or shows, compared with what the first one did. */
function attempts(scratch, tarballs) {
  const programs = programsOf(readDocument())
  let expected
  return async (runtime) => {
    const folder = join(scratch, runtime.name)
    const begun = performance.now()
    await within(limit.install, (signal) => install(runtime, folder, tarballs, signal))
    const installing = secondsSince(begun)
    const { lines, notes } = await within(runtime.limit ?? limit.run, (signal) =>
      tryRuntime(runtime, folder, programs, signal),
    )
    if (lines.length === 0) throw new Error('printed nothing of rows')
    for (const line of lines) expectSame(line, (expected ??= line))
    expectNotes(notes, runtime.notes)
    console.log(
      `${runtime.name}: ${lines.join('; ')} (${installing} s to install, ${secondsSince(begun)} s in all)`,
    )
    const version = await (runtime.browser === undefined ? runtime.version?.() : versionOf(runtime.browser))
    return [lines[0].split(',')[0], version].filter(Boolean).join(', ')
  }
}

/** Says what is wrong with the document, and how much. */
function check() {
  const problems = problemsOf(readDocument())
  for (const problem of problems) console.error(`docs/embedding.md: ${problem}`)
  return problems.length
}

/** How many places failed, and how much is wrong with the document. */
async function everywhere(scratch) {
  const places = chosen()
  const needed = neededBy('@facet/facet')
  const tarballs = flags.packed ? packedIn(flags.packed, needed) : pack(join(scratch, 'packed'), needed)
  const attempt = attempts(scratch, tarballs)
  const results = {}
  const failures = []
  const jobs = places.map((runtime) => async () => {
    try {
      results[runtime.name] = await attempt(runtime)
    } catch ({ message }) {
      failures.push(`${runtime.name}: FAILED: ${message.trim().split('\n').slice(-shown).join('\n  ')}`)
      console.error(`${runtime.name}: FAILED`)
    }
  })
  await together(atOnce, jobs)
  const { table, with: withTable } = marked(readDocument())
  if (flags.write) writeDocument(withTable(writeTable(results, table)))
  else if (flags.all) console.log(`\n${writeTable(results)}\n`)
  for (const failure of failures) console.error(failure)
  const wrong = check()
  console.log(`${places.length - failures.length} of ${places.length} places agree`)
  return failures.length + wrong
}

async function inScratch(work) {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'facet-everywhere-')))
  process.on('exit', () => {
    stopAll()
    if (flags.keep) console.log(`folders: ${scratch}`)
    else rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
  })
  return work(scratch)
}

if (flags.help) console.log(help)
else if (flags.list)
  for (const { name, title, inCi } of runtimes) console.log(`${inCi ? '*' : ' '} ${name.padEnd(16)}${title}`)
else {
  const wrong = flags.check ? check() : await inScratch(everywhere)
  process.exit(wrong === 0 ? 0 : 1)
}
