/** Milliseconds that a file can still be asked for: a browser that asks where to put it begins to read only then. */
const KEPT = 60_000

/** Saves a file on this machine, as a link with a name does. */
export function download(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), KEPT)
}
