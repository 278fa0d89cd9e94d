import { main } from '../main.ts'

/** Runs the command; what it wrote and how it ended. */
export const facet = (...args: string[]) => facetIn(100, ...args)

/** The same in a terminal of so many columns. */
export async function facetIn(columns: number, ...args: string[]) {
  let out = ''
  let err = ''
  const code = await main(args, {
    stdout: { columns, write: (text: string) => (out += text) },
    stderr: { columns, write: (text: string) => (err += text) },
    signal: new AbortController().signal,
    now: () => new Date(0),
  })
  return { code, out, err }
}
