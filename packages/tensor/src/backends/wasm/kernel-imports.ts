/** What the kernels import: the memory they work on, and the functions of `Math`. */
export const kernelImports = (memory: WebAssembly.Memory): WebAssembly.Imports => ({
  env: { memory },
  Math: Math as never,
})
