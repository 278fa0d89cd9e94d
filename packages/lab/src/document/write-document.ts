import { Document, visit } from 'yaml'
import type { OrbitStudySettings } from '../studies/orbit-benefit/settings.ts'
import { modelNames, models } from '../studies/paper-table/models.ts'
import { reproduceFields } from '../studies/paper-table/schema.ts'
import type { ReproduceSettings } from '../studies/paper-table/settings.ts'
import type { Experiment } from './experiment.ts'

const heading = ` Everything that the numbers beside this file depend on.
 'facet run experiment.yaml' computes them again, 'facet run --resume <this folder>' goes on where it stopped.`

/** Every field, λ and σ model by model instead of for all. */
const written = (Object.keys(reproduceFields) as (keyof typeof reproduceFields)[]).filter(
  (name): name is Exclude<typeof name, 'weight' | 'sigma'> => name !== 'weight' && name !== 'sigma',
)

function reproduceContent(settings: ReproduceSettings): object {
  const regularizers = Object.fromEntries(
    modelNames.flatMap((model) => {
      const { tuned } = models[model]
      return tuned === null ? [] : [[model, { [tuned]: settings.candidates[model] }]]
    }),
  )
  return Object.fromEntries(
    written.map((name) => [name, name === 'regularizers' ? regularizers : settings[name]]),
  )
}

/** Values of the models that have any. */
const orbitStudyContent = (settings: OrbitStudySettings): object => ({
  ...settings,
  candidates: Object.fromEntries(
    Object.entries(settings.candidates).filter(([, values]) => values.length > 0),
  ),
})

/** The fields of an experiment's document. */
function contentOf({ experiment, settings }: Experiment): object {
  if (experiment === 'reproduce') return reproduceContent(settings)
  return experiment === 'orbitStudy' ? orbitStudyContent(settings) : settings
}

/** An experiment as a YAML document that reads back to the same settings. */
export function documentText(experiment: Experiment): string {
  const content = { experiment: experiment.experiment, ...contentOf(experiment) }
  const document = new Document(content, { aliasDuplicateObjects: false })
  document.commentBefore = heading
  visit(document, {
    Seq(_, node) {
      node.flow = true
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}
