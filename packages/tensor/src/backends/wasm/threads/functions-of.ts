import { kernelImports } from '../kernel-imports.ts'

type Functions = readonly ((...numbers: number[]) => unknown)[]

/** The functions that a module exports, in its own order, which is the same on every thread. */
export function functionsOf(module: WebAssembly.Module, exports: WebAssembly.Exports): Functions {
  return functionNamesOf(module).map((name) => exports[name] as (...numbers: number[]) => unknown)
}

export const functionNamesOf = (module: WebAssembly.Module): string[] =>
  WebAssembly.Module.exports(module).flatMap(({ kind, name }) => (kind === 'function' ? [name] : []))

/** The functions of a module whose bytes lie in the memory, with a scratch of this thread's own. */
export function functionsAt(
  memory: WebAssembly.Memory,
  at: number,
  bytes: number,
  scratch: number,
): Functions {
  const module = new WebAssembly.Module(new Uint8Array(memory.buffer, at, bytes).slice())
  const { exports } = new WebAssembly.Instance(module, kernelImports(memory))
  const own = exports.scratch as WebAssembly.Global
  own.value = scratch
  return functionsOf(module, exports)
}
