/** `memory`, an import of kind 2 whose limits have a maximum: how the modules' import ends. */
const unshared = Uint8Array.of(6, ...new TextEncoder().encode('memory'), 2, 1)

/**
 * The module, importing a shared memory: one flag of the import says so, and no instruction is another one, since threads agree
 * through Atomics of JavaScript. Saves a second build.
 */
export function sharing(module: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const at = module.findIndex((_, i) => unshared.every((byte, j) => module[i + j] === byte))
  if (at < 0) throw new Error('wasm: the module imports no memory with a maximum; build the kernels again')
  const bytes = module.slice()
  bytes[at + unshared.length - 1] = 3
  return bytes
}

/** @throws Error where threads cannot share memory, which a page must ask its server for. */
export function expectSharedMemory(): void {
  const { crossOriginIsolated } = globalThis
  if (crossOriginIsolated !== false && typeof SharedArrayBuffer !== 'undefined') return
  throw new Error(
    'init: threads: the page may not share memory between threads: its server must send the headers Cross-Origin-Opener-Policy: ' +
      'same-origin and Cross-Origin-Embedder-Policy: require-corp',
  )
}
