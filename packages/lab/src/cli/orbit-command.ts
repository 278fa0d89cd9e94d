import { studyOf } from '../studies/studies.ts'
import type { StudyCommand } from './study-command.ts'

const examples = `
An autoencoder learns a curve, or a torus, of which a part is missing; the
table shows how near its surface passes to the points in the gap, without and
with the first-order Lie-group regularizer, for true, learned and wrong
generators.

Examples:
  $ facet orbit
  $ facet orbit --cases rotation --seeds 3 --steps 500`

/** `facet orbit`: another name of `facet reproduce --study orbit-gap`. */
export const orbitCommand: StudyCommand = {
  name: 'orbit',
  summary: 'the orbit-with-a-gap experiment',
  description:
    'Where the regularizers help: an orbit with a gap, over many seeds. The same as facet reproduce --study orbit-gap.',
  examples,
  studies: [studyOf('orbitGap').definition],
}
