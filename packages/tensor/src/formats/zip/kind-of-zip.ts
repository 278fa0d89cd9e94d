import { quote } from '../../quote.ts'

/** What zip files without arrays are, by a name in them, and what to do about it. */
const kinds: readonly (readonly [name: RegExp, is: string])[] = [
  [/^xl\//, 'an Excel workbook (.xlsx): save the sheet as CSV'],
  [/^word\//, 'a Word document (.docx)'],
  [/^ppt\//, 'a PowerPoint presentation (.pptx)'],
  [/^content\.xml$/, 'an OpenDocument file (.ods, .odt): save the sheet as CSV'],
  [
    /(^|\/)data\.pkl$/,
    'a PyTorch file (.pt), which is not unpickled as that runs code: save its tensors as safetensors',
  ],
  [/\.weights\.h5$/, 'a Keras model (.keras): save its arrays by np.savez'],
  [/^META-INF\/MANIFEST\.MF$/, 'a Java archive (.jar)'],
  [/\.(csv|tsv|txt|data)$/i, 'a zip file of text files: unpack it first'],
]

/** Names that a message lists. */
const LISTED = 3

/** What a zip file without arrays is, by the names in it. */
export function kindOfZip(names: readonly string[]): string {
  const kind = kinds.find(([pattern]) => names.some((name) => pattern.test(name)))
  if (kind !== undefined) return kind[1]
  const more = names.length > LISTED ? `, … (${names.length})` : ''
  return `a zip file of ${names.slice(0, LISTED).map(quote).join(', ')}${more}`
}
