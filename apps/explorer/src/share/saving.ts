// Everything that is written into files: loaded when something is saved.

import { download } from './download.ts'
import { fileName } from './file-name.ts'
import type { ProgramFacts } from './node-program.ts'
import { nodeProgram } from './node-program.ts'
import type { PageShown } from './page-shown.ts'
import { picturesOf, type SavedPicture } from './pictures.ts'
import { pngOf } from './png.ts'
import { reportHtml } from './report.ts'

/** Pictures that can be saved one by one. */
export type PictureName = 'input' | 'latent' | 'curves'

/** @throws Error where there is none yet */
function pictureOf(shown: PageShown, name: PictureName): SavedPicture {
  const picture = picturesOf(shown).find((each) => each.name === name)
  if (picture === undefined) throw new Error('There is no such picture yet.')
  return picture
}

/** @returns the file's name */
export function saveSvg(shown: PageShown, name: PictureName): string {
  const file = fileName(shown, `${name}.svg`)
  download(file, pictureOf(shown, name).svg, 'image/svg+xml')
  return file
}

/** @returns the file's name */
export async function savePng(shown: PageShown, name: PictureName): Promise<string> {
  const file = fileName(shown, `${name}.png`)
  download(file, await pngOf(pictureOf(shown, name).svg), 'image/png')
  return file
}

/** @returns the file's name */
export function saveReport(shown: PageShown): string {
  const file = fileName(shown, 'report.html')
  // A recipe that does not run has no program.
  const program = shown.status.problem === null ? programOf(shown) : null
  download(file, reportHtml(shown, picturesOf({ ...shown, scheme: 'light' }), program), 'text/html')
  return file
}

/** The program of what is shown. @throws Error before the run has begun, and for a recipe that does not run */
export function programOf({ state, status, frame, checksum }: PageShown): string {
  const { facts } = status
  if (facts === null) throw new Error(status.problem ?? 'The run has not begun yet.')
  const hasWindow = facts.width === 2 && frame?.input?.complete === true && frame.step === state.step
  const window: ProgramFacts['window'] = hasWindow ? frame.input.frame : null
  return nodeProgram(state, { facts, checksum, window })
}
