/** One loaded copy of one of our packages. Two of one package share no classes, backends or memory. */
export interface Copy {
  readonly name: string
  readonly version: string
}

/** Under what an object says of which copy its class is: the same in all copies of the engine. */
export const copyOf: unique symbol = Symbol.for('facet.copy')

/** The copies that use this copy of the engine, by the name of their package. */
const here = new Map<string, Copy[]>()

/** What a package says of itself, once a load. @internal */
/*#__NO_SIDE_EFFECTS__*/
export function aCopy(name: string, version: string): Copy {
  const copy = { name, version }
  here.set(name, [...(here.get(name) ?? []), copy])
  return copy
}

/** This copy of the engine. */
export const engine = aCopy('@facet/tensor', '0.1.0')

/** Copies of the engine that were started, of all that a page or process has loaded. */
const startedCopies = (): Set<Copy> => {
  const all = globalThis as { [started]?: Set<Copy> }
  return (all[started] ??= new Set())
}
const started: unique symbol = Symbol.for('facet.started')

/** Remembers that this copy of the engine was started. */
export function noteStart(): void {
  startedCopies().add(engine)
}

/** Why there is no backend though `init` was called: it was that of another copy. Empty where it was not. */
export function startedElsewhere(): string {
  for (const copy of startedCopies())
    if (copy !== engine) return `; init of another copy was called: ${two(engine, copy)}`
  return ''
}

/** That a value comes from another copy of its package, and how to mend it; empty where it does not. */
export function fromAnotherCopy(value: object): string {
  const copy = (value as { [copyOf]?: Copy })[copyOf]
  const ours = copy === undefined ? undefined : here.get(copy.name)?.find((other) => other !== copy)
  return copy === undefined || ours === undefined ? '' : two(ours, copy)
}

const two = (ours: Copy, other: Copy): string =>
  `two copies of ${ours.name} are loaded, ${ours.version} and ${other.version}, and cannot share objects; ` +
  `\`npm ls ${ours.name}\` says what brings them: give all @facet packages one version, then run \`npm dedupe\``
