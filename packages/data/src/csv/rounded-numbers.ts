import { columnName } from '../table/roles.ts'

/** Whole numbers beyond 2^53, of which float64 holds every second one or fewer: identifiers and times in nanoseconds. */
export class RoundedNumbers {
  #count = 0
  #first: { text: string; value: number; field: number; line: number } | null = null

  /** @param text of a number of 2^53 and more, or with blanks in its quotes */
  take(text: string, value: number, field: number, line: number): void {
    const digits = text.trim()
    if (!/^[+-]?\d+$/.test(digits) || BigInt(digits.replace('+', '')) === BigInt(value)) return
    this.#count++
    this.#first ??= { text: digits, value, field, line }
  }

  /** A sentence on them, if there are any. */
  note(names: readonly string[] | null): readonly string[] {
    if (this.#first === null) return []
    const { text, value, field, line } = this.#first
    const what = this.#count === 1 ? '1 whole number is' : `${this.#count} whole numbers are`
    const example = `line ${line}, ${columnName(names, field)}: ${text} is read as ${BigInt(value)}`
    return [
      `${what} beyond 2^53 and rounded (${example}); subtract an offset, or keep the column as texts by the option id`,
    ]
  }
}
