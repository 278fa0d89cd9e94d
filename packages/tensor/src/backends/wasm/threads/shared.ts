/** The bytes with which a module's import of its memory ends: the name `memory`, the kind 2, and limits that have a maximum. */
const unshared = Uint8Array.of(6, ...new TextEncoder().encode('memory'), 2, 1)

/**
 * The module with a shared memory as its import, so that no second build is needed: only a flag of the import differs, since threads
 * synchronize by the Atomics of JavaScript and not by instructions of the module.
 *
 * @throws Error for a module that imports no memory with a maximum
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
