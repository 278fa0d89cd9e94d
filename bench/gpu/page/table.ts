import type { Contender } from '../../src/contenders/contender.ts'
import { duration, threeDigits } from '../../src/report/format.ts'
import type { CaseResult } from '../../src/report/results.ts'

/** One row a case, one column an entry, filled in as results come. */
export class LiveTable {
  readonly #table: HTMLElement
  readonly #contenders: readonly Contender[]

  constructor(table: HTMLElement, contenders: readonly Contender[]) {
    this.#table = table
    this.#contenders = contenders
    this.#row(['', ...contenders.map(({ title }) => title)], 'th')
  }

  add({ name, timings, omitted }: CaseResult): void {
    const cells = this.#contenders.map((contender) => {
      const own = timings.filter(
        ({ entry }) => entry === contender.name || entry.startsWith(`${contender.name} `),
      )
      const shown = own.map(({ ratio, medianSeconds, entry }) => {
        const variant = entry.slice(contender.name.length)
        return (ratio === null ? duration(medianSeconds) : `${threeDigits(ratio.value)} ×`) + variant
      })
      return shown.join('\n') || omitted.find(({ entry }) => entry === contender.name)?.reason || '–'
    })
    this.#row([name, ...cells], 'td')
  }

  #row(texts: readonly string[], kind: 'td' | 'th'): void {
    const row = document.createElement('tr')
    for (const text of texts) {
      const cell = document.createElement(kind)
      cell.textContent = text
      row.append(cell)
    }
    this.#table.append(row)
  }
}
