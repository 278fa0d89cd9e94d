import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { quiet } from './install.mjs'
import { lookAtPage } from './look-at-page.mjs'
import { run } from './processes.mjs'

/** What the engine says where it computes otherwise than it would. */
const warning = /^.*; computing .*$/gm

/** Writes the document's files of a runtime, and of those that it shares: later ones replace earlier ones. */
function writeFiles({ name, files = [] }, folder, programs) {
  for (const owner of ['', ...files, name])
    for (const [path, text] of Object.entries(programs[owner]?.files ?? {})) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
}

/**
 * Gives the document's commands in a folder where npm has installed: `{ lines, notes }`, what is printed or shown of rows, and what was warned of.
 * @throws Error with what was printed where a command fails
 */
export async function tryRuntime(runtime, folder, programs, signal) {
  writeFiles(runtime, folder, programs)
  const options = { cwd: folder, env: quiet, signal }
  let printed = ''
  for (const owner of new Set([...(runtime.commands ?? []), runtime.name]))
    for (const command of programs[owner]?.commands ?? [])
      printed += await run('sh', ['-c', command], options)
  if (runtime.browser !== undefined)
    return lookAtPage(runtime, folder, programs[runtime.name]?.headers, options)
  return { lines: printed.match(/row \d+ scores.*/g) ?? [], notes: printed.match(warning) ?? [] }
}
