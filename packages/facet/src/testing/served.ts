import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { build } from 'esbuild'

const packages = join(import.meta.dirname, '../../..')

/** All that the package needs, as a page gets it that has no bundler: each package by itself, as it is published, other packages imported by name. */
const folders = ['tensor', 'autograd', 'data', 'models', 'facet']

interface Manifest {
  readonly name: string
  readonly exports: Readonly<
    Record<string, string | { readonly 'facet-source': string; readonly default?: string }>
  >
}

/** What a page is answered. */
export interface Answer {
  readonly body: string
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Packages as files, and servers of them. */
export class Served {
  readonly #folder = mkdtempSync(join(tmpdir(), 'facet-served-'))
  readonly #servers: Server[] = []
  readonly #entries = new Map<string, string>()

  async build(): Promise<void> {
    for (const folder of folders) {
      const { name, exports }: Manifest = JSON.parse(
        readFileSync(join(packages, folder, 'package.json'), 'utf8'),
      )
      const sources: string[] = []
      for (const [entry, target] of Object.entries(exports)) {
        if (typeof target === 'string' || target.default === undefined || /\/(node|gpu)$/.test(entry))
          continue
        sources.push(join(packages, folder, target['facet-source']))
        this.#entries.set(name + entry.slice(1), `/${folder}/${target.default.slice(2)}`)
      }
      await build({
        entryPoints: sources,
        outbase: join(packages, folder, 'src'),
        outdir: join(this.#folder, folder, 'dist'),
        bundle: true,
        splitting: true,
        format: 'esm',
        target: 'es2022',
        external: ['@facet/*'],
      })
    }
    // Vitest's global setup has made them.
    for (const file of ['facet.min.js', 'train-worker.min.js'])
      copyFileSync(join(packages, 'facet/dist', file), join(this.#folder, 'facet/dist', file))
  }

  /** The import map of a page whose packages are at an address. */
  importMap(at = ''): string {
    const imports = Object.fromEntries([...this.#entries].map(([name, path]) => [name, at + path]))
    return `<script type="importmap">${JSON.stringify({ imports })}</script>`
  }

  /** What a file says. */
  text(path: string): string {
    return readFileSync(join(this.#folder, path), 'utf8')
  }

  /** Starts a server, an origin of its own. Pages come before files, which have these headers. */
  async start(
    pages: (path: string) => Answer | undefined = () => undefined,
    ofFiles: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url!, 'http://localhost')
      try {
        const { body, type, headers } = pages(pathname) ?? { body: this.text(pathname), headers: ofFiles }
        const kind = type ?? (extname(pathname) === '.js' ? 'text/javascript' : 'text/html')
        response.writeHead(200, { 'content-type': kind, ...headers }).end(body)
      } catch {
        response.writeHead(404).end()
      }
    }).listen(0)
    this.#servers.push(server)
    await new Promise((resolve) => server.once('listening', resolve))
    return `http://localhost:${(server.address() as AddressInfo).port}`
  }

  close(): void {
    for (const server of this.#servers) server.close()
    rmSync(this.#folder, { recursive: true })
  }
}
