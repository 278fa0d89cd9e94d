import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Results by what was run, a line each in `<folder>/<name>.jsonl`: what is there already is not run again. */
export function resumableLog<T>(folder: string, name: string) {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}.jsonl`)
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean) : []
  const known = new Map(lines.map((line) => JSON.parse(line) as [string, T]))
  return {
    async run(id: string, work: () => Promise<T>): Promise<T> {
      const old = known.get(id)
      if (old !== undefined) return old
      const begun = performance.now()
      const result = await work()
      known.set(id, result)
      appendFileSync(file, `${JSON.stringify([id, result])}\n`)
      const text = JSON.stringify(result)
      const shown = text.length > 300 ? `${text.slice(0, 300)}…` : text
      console.error(`${id}: ${shown}, ${((performance.now() - begun) / 1000).toFixed(1)} s`)
      return result
    },
  }
}
