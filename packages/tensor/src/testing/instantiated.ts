import { onTestFinished } from 'vitest'

/** The modules that are instantiated from now on, to the end of the test. */
export function instantiated(): WebAssembly.Module[] {
  const modules: WebAssembly.Module[] = []
  const { Instance } = WebAssembly
  WebAssembly.Instance = new Proxy(Instance, {
    construct(target, given) {
      modules.push(given[0])
      return Reflect.construct(target, given)
    },
  })
  onTestFinished(() => {
    WebAssembly.Instance = Instance
  })
  return modules
}
