/** What other programs write for a value that is not there: pandas, R, SQL, SAS, Excel, C. In lower case. */
const marks = new Set([
  '',
  'na',
  'n/a',
  'n.a.',
  'nan',
  '+nan',
  '-nan',
  'nan(ind)',
  '-nan(ind)',
  'null',
  'none',
  'nil',
  'nat',
  'missing',
  '<na>',
  '#na',
  '#n/a',
  '#n/a n/a',
  '1.#ind',
  '-1.#ind',
  '1.#qnan',
  '-1.#qnan',
  '\\n',
  '?',
  '-',
  '--',
  '.',
])

/** Longer texts are none. */
const LONGEST = 9

/** Whether a field says that its value is missing: empty, `NA`, `NaN`, `null`, `None`, `?`, `-` and the like. */
export const isMissing = (text: string): boolean =>
  text.length <= LONGEST && marks.has(text.trim().toLowerCase())

/** Marks that are hardly names of a class: `None`, `-` and the like may be. */
const noLabels = /^(|na|n\/a|nan|-nan|null|<na>|#n\/a|\?)$/i

/** Whether a field of labels says that there is none. */
export const isMissingLabel = (text: string): boolean => noLabels.test(text)
