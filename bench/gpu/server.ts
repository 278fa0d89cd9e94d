import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const here = dirname(fileURLToPath(import.meta.url))

// Pages that are isolated have the finer clock and the threads that peers may use.
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

/** The page on this machine, from source, until it is closed. */
export async function servePage(): Promise<{ readonly href: string; close(): Promise<void> }> {
  const server = await createServer({
    root: here,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['facet-source', 'browser', 'import', 'module', 'default'] },
    server: { headers, hmr: false, watch: null, fs: { allow: [join(here, '../..')] } },
  })
  await server.listen()
  return { href: server.resolvedUrls!.local[0], close: () => server.close() }
}
