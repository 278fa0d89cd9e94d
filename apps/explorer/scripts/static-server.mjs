import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'

/** What files are, by their endings. */
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

/** What `apps/explorer/index.html` says too: a server that says it holds pages to it that frame this one as well. */
export const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'"

/**
 * Serves the files of a folder under a path, to this machine alone.
 *
 * @param options `path` before every file, `headers` of every answer, `first` to answer a request otherwise: it says whether it did
 * @returns the server, listening, and its address
 */
export async function serveFolder(folder, { port = 0, path = '/', headers = {}, first = () => false } = {}) {
  const server = createServer((request, response) => {
    if (first(request, response)) return
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const found = fileOf(folder, path, pathname)
    if (found === null) return void response.writeHead(404, headers).end('not found')
    response.writeHead(200, {
      'Content-Type': types[extname(found)] ?? 'application/octet-stream',
      'Content-Length': statSync(found).size,
      ...headers,
    })
    createReadStream(found).pipe(response)
  })
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return { server, address: `http://127.0.0.1:${server.address().port}${path}` }
}

function fileOf(folder, path, pathname) {
  let decoded
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (!decoded.startsWith(path) || decoded.includes('\0')) return null
  const rest = decoded.slice(path.length)
  const file = normalize(join(folder, rest === '' || rest.endsWith('/') ? `${rest}index.html` : rest))
  if (!file.startsWith(folder + sep)) return null
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat?.isFile() ? file : null
}
