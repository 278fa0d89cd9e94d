import { inOut } from '../folder/out-file.ts'

/** Lines into a file, as they are made; `-` is the command's output. @throws UsageError for a file that cannot be written. */
export const writeLines = (
  path: string,
  lines: Iterable<string>,
  { stdout }: { readonly stdout: { write(text: string): unknown } },
): Promise<void> =>
  inOut(path, stdout, (file) => {
    for (const line of lines) file.write(`${line}\n`)
  })
