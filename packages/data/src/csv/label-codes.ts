import { MOST_CLASSES } from '../samples/most-classes.ts'
import type { RowTable } from '../samples/row-table.ts'
import { fail, type Source, shown } from '../samples/source.ts'
import { isMissingLabel } from '../table/missing-marks.ts'
import type { Fields } from '../text/fields.ts'
import { wholeLabel } from '../text/number-row.ts'

const withoutThem = "; a condition of the option where, with is: '!=', leaves such rows out"

/** Labels of a column as numbers: themselves while all are whole numbers; from the first text on, classes. */
export class LabelCodes {
  readonly #source: Source
  readonly #isSparing: boolean
  /** Whole numbers so far, as long as they are few. */
  readonly #whole = new Set<number>()
  /** By the text of a class, in the order in which they came; `null` while all labels are whole numbers. */
  #codes: Map<string, number> | null = null

  /** @param isSparing whether rows may have no label: a model that is given new rows needs none. Theirs is the empty text. */
  constructor(source: Source, isSparing: boolean) {
    this.#source = source
    this.#isSparing = isSparing
  }

  /** The number of the label in the field. The first text renumbers those in the table. */
  codeOf(bytes: Uint8Array, fields: Fields, line: number, table: RowTable): number {
    const isEmpty = fields.start === fields.end
    const whole = isEmpty ? null : wholeLabel(bytes, fields)
    const isMissing = isEmpty || (whole === null && isMissingLabel(fields.text))
    if (isMissing && !this.#isSparing) {
      const got = isEmpty ? 'an empty field' : `${shown(fields.text)}, which stands for a missing value`
      fail(this.#source, `line ${line}`, `expected a label, got ${got}${withoutThem}`)
    }
    const text = isMissing ? '' : fields.text
    if (this.#codes === null) {
      if (whole !== null) {
        if (this.#whole.size <= MOST_CLASSES) this.#whole.add(whole)
        return whole
      }
      this.#codes = new Map()
      for (const value of this.#whole) this.#code(this.#codes, String(value), line)
      const codes = this.#codes
      table.relabel((value) => this.#code(codes, String(value), line))
    }
    return this.#code(this.#codes, whole === null ? text : String(whole), line)
  }

  /** The classes in alphabetical order and the table renumbered by it; `null` where labels are whole numbers. */
  finish(table: RowTable): readonly string[] | null {
    if (this.#codes === null) return null
    const came = [...this.#codes.keys()]
    const classes = came.slice().sort()
    const place = new Map(classes.map((name, i) => [name, i]))
    const places = came.map((name) => place.get(name) as number)
    table.relabel((code) => places[code])
    return classes
  }

  #code(codes: Map<string, number>, text: string, line: number): number {
    const known = codes.get(text)
    if (known !== undefined) return known
    if (codes.size === MOST_CLASSES) {
      fail(
        this.#source,
        `line ${line}`,
        `labels: expected at most ${MOST_CLASSES} classes where labels are texts, got more`,
      )
    }
    codes.set(text, codes.size)
    return codes.size - 1
  }
}
