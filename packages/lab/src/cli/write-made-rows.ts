import { basename } from 'node:path'
import { kindByEnding } from '../folder/out-ending.ts'
import { openModel } from '../model/open-model.ts'
import type { ModelFolder } from '../model/open-model-folder.ts'
import type { RowMaker } from '../model/row-makers.ts'
import { rowFileKinds, writeRows } from '../model/write-rows.ts'
import { counted } from '../text/number.ts'
import type { CommandIo } from './command-io.ts'
import type { ModelFlags } from './model-arguments.ts'

/** What `encode` and `reconstruct` share: files in, rows of numbers out, as the ending of `--out` says. */
export async function writeMadeRows(
  path: string,
  files: readonly string[],
  { out, ...reading }: ModelFlags,
  makerOf: (folder: ModelFolder) => RowMaker,
  io: CommandIo,
): Promise<void> {
  const kind = kindByEnding(out, rowFileKinds)
  const folder = await openModel(path)
  const job = { folder, files, reading, maker: makerOf(folder), signal: io.signal }
  for (const { file, notes, unusable } of await writeRows(job, out, kind, io.stdout)) {
    const left = unusable.map(
      ({ reason, count, firstRow }) => `${counted(count, 'row')} left empty, from row ${firstRow}: ${reason}`,
    )
    for (const remark of [...notes, ...left]) io.stderr.write(`${basename(file)}: ${remark}\n`)
  }
}
