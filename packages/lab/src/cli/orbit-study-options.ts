import type { Option } from 'commander'
import { oneOf } from '../fields/fields.ts'
import { studyModelNames, studyModels } from '../studies/orbit-benefit/models.ts'
import type { OrbitStudyDocument } from '../studies/orbit-benefit/schema.ts'
import { orbitStudyFields as fields } from '../studies/orbit-benefit/schema.ts'
import { orbitStudyDefaults as defaults, netNames } from '../studies/orbit-benefit/settings.ts'
import { asList, asNumber, asText, checked, settingOption } from './setting-option.ts'

type Candidates = NonNullable<OrbitStudyDocument['candidates']>

const tuned = oneOf(studyModelNames.filter((model) => studyModels[model].symbol !== null))
const numbers = asList(asNumber)

/** `orbit=0.7,1.5`; given again, it adds to what was said before. */
function parseValues(text: string, before: Candidates = {}): Candidates {
  const at = text.indexOf('=')
  const model = checked(tuned, at < 0 ? text : text.slice(0, at))
  return { ...before, ...checked(fields.candidates, { [model]: numbers(text.slice(at + 1)) }) }
}

const group = 'Options of --study orbit:'

/** The flags that only the orbit study has. */
export const orbitStudyOptions = (): Option[] =>
  [
    settingOption(
      '--net <name>',
      `${netNames.join(', ')}: with or without a linear skip that starts at PCA`,
      fields.net,
      asText,
    ).default(defaults.net, defaults.net),
    settingOption('--steps <n>', 'training steps, in whole epochs', fields.steps, asNumber).default(
      defaults.steps,
    ),
    settingOption(
      '--candidates <list>',
      'model=list: values of its hyper-parameter, of which the validation part chooses; repeatable (default: three of each)',
      fields.candidates,
      asText,
    ).argParser(parseValues),
    settingOption(
      '--parts <letters>',
      'generators of series: W time warp, A amplitude, T trend',
      fields.parts,
      asText,
    ).default(defaults.parts, defaults.parts),
    settingOption(
      '--test-samples <n>',
      'test samples to keep at most, drawn by seed',
      fields.testSamples,
      asNumber,
    ).default(defaults.testSamples),
  ].map((option) => option.helpGroup(group))
