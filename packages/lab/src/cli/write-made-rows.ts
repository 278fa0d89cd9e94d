import { basename } from 'node:path'
import { kindByEnding } from '../folder/out-ending.ts'
import { itemsFor, type ReadingOptions } from '../model/new-samples.ts'
import { openModel } from '../model/open-model.ts'
import type { ModelFolder } from '../model/open-model-folder.ts'
import type { RowMaker } from '../model/row-makers.ts'
import { type RowsJob, rowFileKinds, writeRows } from '../model/write-rows.ts'
import { counted } from '../text/number.ts'
import type { CommandIo } from './command-io.ts'

/** What is read, and what is made of it. */
type MadeRows = Pick<RowsJob, 'preparation' | 'read' | 'maker'>

/** What a maker makes of files that hold what the model was trained on. */
export const rowsBy =
  (makerOf: (folder: ModelFolder) => RowMaker, reading: ReadingOptions) =>
  (folder: ModelFolder): MadeRows => ({
    preparation: folder.preparation,
    read: (file) => itemsFor(folder, file, reading),
    maker: makerOf(folder),
  })

/** What `encode`, `reconstruct` and `decode` share: files in, rows of numbers out, as the ending of `--out` says. */
export async function writeMadeRows(
  path: string,
  files: readonly string[],
  out: string | undefined,
  rowsOf: (folder: ModelFolder) => MadeRows,
  io: CommandIo,
): Promise<void> {
  const kind = kindByEnding(out, rowFileKinds)
  const job = { ...rowsOf(await openModel(path)), files, signal: io.signal }
  for (const { file, notes, unusable } of await writeRows(job, out, kind, io.stdout)) {
    const left = unusable.map(
      ({ reason, count, firstRow }) => `${counted(count, 'row')} left empty, from row ${firstRow}: ${reason}`,
    )
    for (const remark of [...notes, ...left]) io.stderr.write(`${basename(file)}: ${remark}\n`)
  }
}
