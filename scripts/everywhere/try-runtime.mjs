// One runtime: installs, writes the document's files, gives the document's commands, and reads the lines that come of it.
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { open } from './browsers.mjs'
import { run, start } from './processes.mjs'
import { freePort, serve } from './site.mjs'

const quiet = { NEXT_TELEMETRY_DISABLED: '1', CI: '1', NO_UPDATE_NOTIFIER: '1', DENO_NO_UPDATE_CHECK: '1' }

/** An empty folder with what npm installs there: packed packages and the runtime's own tools. */
export async function install({ tools = {} }, folder, tarballs, signal) {
  mkdirSync(folder, { recursive: true })
  const packed = Object.entries(tarballs).map(([name, file]) => [name, `file:${file}`])
  const manifest = {
    name: 'app',
    private: true,
    type: 'module',
    dependencies: { ...Object.fromEntries(packed), ...tools },
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2))
  const flags = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  await run('npm', ['install', ...flags], { cwd: folder, env: quiet, signal })
}

const filesOf = (runtime, programs) =>
  Object.assign(
    {},
    ...['', ...(runtime.files ?? []), runtime.name].map((name) => programs[name]?.files ?? {}),
  )

/** Starts a server of the runtime's own, and waits until it answers. */
async function startServer(command, options) {
  const address = `http://localhost:${await freePort()}/`
  const port = new URL(address).port
  const [name, ...args] = command(port)
  const server = start(name, args, options)
  for (;;) {
    options.signal.throwIfAborted()
    const answers = await fetch(address, { signal: AbortSignal.timeout(2000) }).then(
      () => true,
      () => false,
    )
    if (answers) return { address, stop: server.stop, printed: server.printed }
    await Promise.race([server.ended, new Promise((resolve) => setTimeout(resolve, 100))])
  }
}

/** What a page of the runtime says. */
async function lookAtPage({ folder: name = '.', server, browser, at = '' }, folder, headers, options) {
  const files = join(folder, name)
  const page = join(folder, 'index.html')
  if (existsSync(page) && !existsSync(join(files, 'index.html')))
    copyFileSync(page, join(files, 'index.html'))
  const own = server && (await startServer(server, options))
  const site = await serve(own ? { address: own.address, headers } : { folder: files, headers })
  const opened = open(browser, `${site.address}${at}`, { scratch: folder, signal: options.signal })
  try {
    const late = new Promise((_, reject) => {
      options.signal.addEventListener('abort', () =>
        reject(new Error(`the page is silent\n${own?.printed() ?? ''}`)),
      )
    })
    return await Promise.race([
      site.told,
      late,
      opened.ended.then((text) => {
        throw new Error(`the browser closed\n${text}`)
      }),
    ])
  } finally {
    opened.stop()
    own?.stop()
    site.close()
  }
}

/** `{ lines, notes }`: what a runtime prints or shows, and what it warned of. @throws Error with the last of what was printed. */
export async function tryRuntime(runtime, folder, programs, signal) {
  for (const [name, text] of Object.entries(filesOf(runtime, programs))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const options = { cwd: folder, env: { ...quiet, ...runtime.env }, signal }
  let printed = ''
  for (const command of [runtime.name, ...(runtime.commands ?? [])].flatMap(
    (name) => programs[name]?.commands ?? [],
  ))
    printed += await run('sh', ['-c', command], options)
  if (runtime.browser !== undefined)
    return lookAtPage(runtime, folder, programs[runtime.name]?.headers, options)
  return { lines: printed.match(/row \d+ scores.*/g) ?? [], notes: [] }
}
