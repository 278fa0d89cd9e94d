/** The script's own address, which only its first statements can ask for. */
const script = globalThis.document?.currentScript as HTMLScriptElement | null | undefined
const base = script?.src ?? globalThis.location?.href

/** In place of `worker/default-program.ts`: the worker's program is served beside the script. */
export const defaultAddress = (): URL => new URL('train-worker.min.js', base)

export const startDefault = (): Worker => new Worker(defaultAddress())
