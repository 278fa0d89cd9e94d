import { vi } from 'vitest'

/** From now on the engine takes compiled modules and compiles none, as in workerd or under a page's strict policy, until globals are unstubbed. */
export function forbidCompiling(): void {
  const { WebAssembly: real } = globalThis
  const refuse = (): never => {
    throw new real.CompileError('Wasm code generation disallowed by embedder')
  }
  const refuseLater = async (): Promise<never> => refuse()
  const instantiate = (module: WebAssembly.Module, imports: WebAssembly.Imports) =>
    module instanceof real.Module ? real.instantiate(module, imports) : refuseLater()
  const forbidden = { compile: refuseLater, compileStreaming: refuseLater, instantiate }
  const Module = new Proxy(real.Module, { construct: refuse })
  const properties = Object.getOwnPropertyDescriptors(real)
  vi.stubGlobal('WebAssembly', Object.assign(Object.create(null, properties), { ...forbidden, Module }))
}
