import { Document, visit } from 'yaml'
import type { Content, Fields } from '../fields/field.ts'
import { type Experiment, studyOf } from '../studies/studies.ts'

const heading = ` Everything that the numbers beside this file depend on.
 'facet run experiment.yaml' computes them again, 'facet run --resume <this folder>' goes on where it stopped.`

/** An experiment as a YAML document that reads back to the same settings. */
export function documentText({ experiment, settings }: Experiment): string {
  const { fields, content } = studyOf(experiment).definition
  return textOf(experiment, fields, content(settings))
}

function textOf(experiment: string, fields: Fields, content: Content): string {
  const written = Object.keys(fields).filter((name) => content[name] !== undefined)
  const document = new Document(
    { experiment, ...Object.fromEntries(written.map((name) => [name, content[name]])) },
    { aliasDuplicateObjects: false },
  )
  document.commentBefore = heading
  visit(document, {
    Seq(_, node) {
      node.flow = true
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}
