import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { UsageError } from '../errors.ts'
import { keptEpochs } from '../model/kept-epochs.ts'
import { type OpenedNetwork, openNetwork } from './open-network.ts'

/** A network at a step of its training. */
export interface CourseStep {
  readonly step: number
  /** Its source, and the model folder that says the units of data. */
  readonly opened: OpenedNetwork
}

/** Networks of one training, in its order. */
export interface Course {
  readonly steps: readonly CourseStep[]
  /** What steps count. */
  readonly counts: 'epochs' | 'numbers in names' | 'models'
}

/**
 * Opens networks of one training: a folder of `facet train --keep-every` is all the epochs that it kept. Their steps are the epochs; or
 * else the last numbers in the names of the sources, where they grow; or else 1, 2, 3 ….
 *
 * @throws UsageError naming the source and what is wrong with it, and for fewer than two.
 */
export async function openCourse(sources: readonly string[]): Promise<Course> {
  const found: { readonly opened: OpenedNetwork; readonly epochs?: number }[] = []
  for (const source of sources) {
    const kept = isFolder(source) ? keptEpochs(source) : []
    const opened = await openNetwork(source)
    if (kept.length === 0) found.push({ opened })
    for (const { name, epochs } of kept) {
      const { networks } = await openNetwork(join(source, name))
      found.push({ opened: { source, networks, folder: opened.folder }, epochs })
    }
  }
  if (found.length < 2)
    throw new UsageError(
      `${sources.join(' ')}: expected two networks or more of one training, or a folder of facet train --keep-every`,
    )
  const [first] = found
  for (const { opened } of found)
    if (shapeOf(opened) !== shapeOf(first.opened))
      throw new UsageError(
        `${opened.source}: expected the units of ${first.opened.source}, ${shapeOf(first.opened)}, got ${shapeOf(opened)}`,
      )
  const numbers = {
    epochs: found.map(({ epochs }) => epochs),
    'numbers in names': found.map(({ opened }) => lastNumberOf(opened.source)),
    models: found.map((_, i) => i + 1),
  }
  const counts = (Object.keys(numbers) as Course['counts'][]).find((name) => isGrowing(numbers[name]))!
  return { steps: found.map(({ opened }, i) => ({ step: numbers[counts][i]!, opened })), counts }
}

/** Inputs, and units with states: what networks of one training have in common. */
const shapeOf = ({ networks }: OpenedNetwork): string =>
  networks
    .map(({ inputs, groups }) =>
      [inputs, ...groups.map(({ units, states }) => `${units} × ${states}`)].join('-'),
    )
    .join(' and ')

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

function lastNumberOf(source: string): number | undefined {
  const [last] = basename(source).match(/\d+(?!.*\d)/) ?? []
  return last === undefined ? undefined : Number(last)
}

const isGrowing = (numbers: readonly (number | undefined)[]): boolean =>
  numbers.every((x, i) => x !== undefined && (i === 0 || x > (numbers[i - 1] ?? x)))
