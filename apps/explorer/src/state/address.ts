import { type AddressField, addressFields } from './address-fields.ts'
import { defaultState, defaultView, type State } from './state.ts'

/** What keys and defaults mean is of a version; an address without `v` is of this one. */
const VERSION = '1'

/** The set stands in every address, so that an empty one says nothing of a state; it is read first, for other fields are of one set alone. */
const [first] = addressFields

/** Escapes of all that ends an address in a text, an HTML attribute or Markdown; a comma does not. */
const escaped = (text: string): string =>
  encodeURIComponent(text)
    .replace(/['()!]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
    .replaceAll('%2C', ',')

/**
 * The fragment of an address that says all of a state but whether it plays: what differs from the default state, key by key.
 *
 * @param checksum of the weights after `state.step` steps, for whoever opens the address to compare; `null` leaves what the state itself was promised
 * @example
 * addressOf({ ...defaultState, step: 1500 }, '1a2b3c4d') // '#set=circle&step=1500&weights=1a2b3c4d'
 */
export function addressOf(state: State, checksum: string | null): string {
  const said: State = checksum === null ? state : { ...state, promised: checksum }
  const pairs = addressFields
    .filter(
      (field) => field === first || (field.isOf(said) && field.print(said) !== field.print(defaultState)),
    )
    .map((field) => `${field.key}=${escaped(field.print(said))}`)
  return `#${pairs.join('&')}`
}

/** Whether a fragment says anything of a state. */
export function saysState(fragment: string): boolean {
  const texts = keysOf(fragment)
  return addressFields.some(({ key }) => texts.has(key))
}

/** The longest address that is read, in letters: twenty times that of 500 drawn points. */
const LONGEST = 50_000

/** Sentences about what an address says wrongly, before the rest is only counted. */
const MOST_SENTENCES = 3

/**
 * The state of an address. Whatever it says, there is a state: a key that is not known says nothing, and what is out of bounds, or no value at all,
 * is as in the default state, with a sentence in `problem`.
 *
 * @param fragment with or without its `#`
 * @example
 * stateOf('#set=moons&points=50&step=100').state.recipe.data.points // 50
 */
export function stateOf(fragment: string): { readonly state: State; readonly problem: string | null } {
  if (fragment.length > LONGEST)
    return {
      state: defaultState,
      problem: `The address has ${fragment.length} letters, ${LONGEST} are the most that are read; the page is shown as without it.`,
    }
  const texts = keysOf(fragment)
  const problems: string[] = []
  const version = texts.get('v') ?? VERSION
  if (version !== VERSION)
    problems.push(
      `The address is of version ${quoted(version)}, this page knows version ${VERSION}: it may mean something else.`,
    )
  let state: State = defaultState
  for (const field of addressFields) {
    const text = texts.get(field.key)
    if (text === undefined || !field.isOf(state)) continue
    const next = field.read(state, text)
    if (next === undefined) problems.push(sentence(field, text))
    else state = next
  }
  const { state: fitting, problem } = fit(state)
  return { state: fitting, problem: joined(problem === null ? problems : [...problems, problem]) }
}

/** What does not fit the rest of the state, put right. */
function fit(state: State): { readonly state: State; readonly problem: string | null } {
  const { view, recipe, step } = state
  const shown = view.shown !== null && view.shown > step ? null : view.shown
  const fitting = shown === view.shown ? state : { ...state, view: { ...view, shown } }
  const { bottleneck } = recipe.model
  if (Math.max(...view.latentAxes) < Math.max(2, bottleneck)) return { state: fitting, problem: null }
  return {
    state: { ...fitting, view: { ...fitting.view, latentAxes: defaultView.latentAxes } },
    problem: `axes: expected axes of a bottleneck of ${bottleneck}, got ${view.latentAxes.join(' and ')}; the first two are shown.`,
  }
}

/** Key by key, the first of each; a text whose escapes are broken stays as it is. */
function keysOf(fragment: string): Map<string, string> {
  const texts = new Map<string, string>()
  for (const pair of fragment.replace(/^#/, '').split('&')) {
    const at = pair.indexOf('=')
    if (at <= 0) continue
    const key = pair.slice(0, at)
    if (!texts.has(key)) texts.set(key, unescaped(pair.slice(at + 1)))
  }
  return texts
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const LONGEST_QUOTED = 40

const quoted = (text: string): string => {
  const letters = [...text]
  return JSON.stringify(
    letters.length > LONGEST_QUOTED ? `${letters.slice(0, LONGEST_QUOTED).join('')}…` : text,
  )
}

const sentence = ({ key, expected, print }: AddressField, text: string): string =>
  `${key}: expected ${expected}, got ${quoted(text)}; ${print(defaultState) || 'nothing'} is used instead.`

function joined(problems: readonly string[]): string | null {
  if (problems.length === 0) return null
  const left = problems.length - MOST_SENTENCES
  const said = problems.slice(0, MOST_SENTENCES)
  return (left > 0 ? [...said, `So it is with ${left} more.`] : said).join(' ')
}
