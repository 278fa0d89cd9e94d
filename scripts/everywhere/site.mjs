// Serves what a page is made of, and hears from it: each page gets a script that sends the text of its <output> elements, and what went wrong, back
// here. So any browser can be asked, whether or not something can drive it.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
}

/** Runs in the page before all else. */
function report() {
  const notes = []
  // By a form: policies that forbid all else forbid no forms.
  const send = (what) => {
    const form = Object.assign(document.createElement('form'), {
      action: '/__report',
      method: 'post',
      enctype: 'text/plain',
    })
    form.append(
      Object.assign(document.createElement('input'), {
        name: 'report',
        value: JSON.stringify({ ...what, notes }),
      }),
    )
    document.documentElement.append(form)
    form.submit()
  }
  for (const kind of ['warn', 'error']) {
    const print = console[kind]
    console[kind] = (...parts) => {
      notes.push(parts.join(' '))
      print.apply(console, parts)
    }
  }
  addEventListener(
    'error',
    (event) => {
      const { message, target } = event
      send({ error: message ?? `${target.src ?? target.href} does not load` })
    },
    true,
  )
  addEventListener('unhandledrejection', ({ reason }) => send({ error: String(reason?.stack ?? reason) }))
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    notes.push(`policy: ${violatedDirective} blocks ${blockedURI}`),
  )
  const look = () => {
    const lines = [...document.querySelectorAll('output')].map(({ textContent }) => textContent)
    if (lines.length === 0 || lines.includes('')) return
    observer.disconnect()
    send({ lines })
  }
  const observer = new MutationObserver(look)
  observer.observe(document, { subtree: true, childList: true, characterData: true })
}

const reporter = `(${report})()`
const withReporter = (html) =>
  html.replace(/<head>|<!doctype html>/i, (found) => `${found}<script src="/__report.js"></script>`)

/** What a file of a folder is answered with. */
function fromFolder(folder, url) {
  const path = normalize(new URL(url, 'http://localhost').pathname)
  const file = join(folder, path.endsWith('/') ? `${path}index.html` : path)
  if (!file.startsWith(folder) || !existsSync(file)) return { status: 404, body: 'not found' }
  return {
    status: 200,
    type: types[extname(file)] ?? 'application/octet-stream',
    body: readFileSync(file),
  }
}

/** The same of another server. */
async function fromServer(address, url) {
  const answer = await fetch(new URL(url, address), { redirect: 'manual' })
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    body: Buffer.from(await answer.arrayBuffer()),
  }
}

/**
 * A server of the files in `folder`, or of what the server at `address` answers, each page with `headers`. `told` is what the first page
 * to finish says: `{ lines, notes }`.
 */
export async function serve({ folder, address, headers = {} }) {
  let tell
  const told = new Promise((resolve, reject) => {
    tell = ({ error, lines, notes }) =>
      error === undefined
        ? resolve({ lines, notes })
        : reject(new Error(['the page: ', error, ...notes].join('\n')))
  })
  told.catch(() => {})
  const answer = async (request, response) => {
    if (request.url === '/__report.js')
      return response.writeHead(200, { 'content-type': types['.js'] }).end(reporter)
    if (request.url === '/favicon.ico') return response.writeHead(204).end()
    if (request.url === '/__report') {
      let text = ''
      for await (const part of request) text += part
      response.end()
      return tell(JSON.parse(text.slice('report='.length)))
    }
    const { status, type, body } = await (address === undefined
      ? fromFolder(folder, request.url)
      : fromServer(address, request.url))
    const isPage = type?.startsWith('text/html')
    response
      .writeHead(status, { 'content-type': type ?? 'text/plain', ...(isPage && headers) })
      .end(isPage ? withReporter(String(body)) : body)
  }
  const server = createServer((request, response) =>
    answer(request, response).catch((error) => response.writeHead(500).end(String(error))),
  )
  await new Promise((resolve) => server.listen(0, 'localhost', resolve))
  return {
    address: `http://localhost:${server.address().port}/`,
    told,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** A port that nobody listens on. */
export const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, 'localhost', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
