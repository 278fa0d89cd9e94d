import { main } from '../main.ts'

/** Runs the command; what it wrote and how it ended. */
export async function facet(...args: string[]) {
  let out = ''
  let err = ''
  const code = await main(args, {
    stdout: { columns: 100, write: (text: string) => (out += text) },
    stderr: { columns: 100, write: (text: string) => (err += text) },
    signal: new AbortController().signal,
    now: () => new Date(0),
  })
  return { code, out, err }
}
