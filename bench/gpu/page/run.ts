import { gpu } from '@facet/tensor/gpu'
import { ordinary, quick } from '../../src/options.ts'
import type { CaseResult } from '../../src/report/results.ts'
import { openField, runCase } from '../../src/run-suite.ts'
import { casesOf } from './cases.ts'
import { contenders } from './contenders.ts'
import type { PageResult } from './result.ts'

/** What the page is asked for in its address. */
export interface Asked {
  readonly isQuick: boolean
  /** Cases whose names contain this. */
  readonly containing: string
  readonly rounds: number | null
  /** Names of contenders; none for all. */
  readonly among: readonly string[]
}

/** Who is told how far a run is. */
export interface Listener {
  /** Contenders have answered; nothing is timed yet. */
  began(result: PageResult, names: readonly string[]): void
  round(at: number, round: number): void
  /** A case is done, and in the result. */
  measured(at: number, found: CaseResult, result: PageResult): void | Promise<void>
}

export const noWebGl =
  'This browser has no WebGL2 that draws into float textures, which Facet needs. Hardware acceleration may be switched off in its settings; or try another browser.'

/** Times everything that is asked for, case by case. @throws Error where there is no WebGL2, no such case, no such contender. */
export async function runCases(
  { isQuick, containing, rounds, among }: Asked,
  listener: Listener,
): Promise<PageResult> {
  if (!gpu.isSupported()) throw new Error(noWebGl)
  const usual = isQuick ? quick : { ...ordinary, rounds: 15, blockSeconds: 0.2, warmUpSeconds: 0.1 }
  const settings = { ...usual, rounds: rounds ?? usual.rounds }
  const wanted = casesOf(isQuick).filter(({ name }) => name.includes(containing))
  if (wanted.length === 0) throw new Error(`no case contains '${containing}'`)
  const unknown = among.find((name) => !contenders.some((contender) => contender.name === name))
  if (unknown !== undefined) {
    const names = contenders.map(({ name }) => name).join(', ')
    throw new Error(`unknown contender '${unknown}'; expected ${names}`)
  }
  const isAsked = ({ name }: { name: string }) => among.length === 0 || among.includes(name)
  const field = await openField(contenders.filter(isAsked))
  if (field.open.length === 0) {
    const reasons = field.absent.map(({ entry, reason }) => `${entry}: ${reason}`)
    throw new Error(`nobody who is asked for runs here: ${reasons.join('; ')}`)
  }
  const cases: CaseResult[] = []
  const result: PageResult = {
    device: (await gpu.backend()).device,
    browser: navigator.userAgent,
    cores: navigator.hardwareConcurrency,
    date: new Date().toISOString(),
    rounds: settings.rounds,
    wasHidden: document.hidden,
    contenders: field.open.map(({ contender: { name, title }, session: { version, vectors } }) => ({
      name,
      title,
      version: vectors === 'none' ? version : `${version}, vectors of ${vectors}s`,
    })),
    absent: field.absent,
    cases,
  }
  const hide = () => {
    result.wasHidden = true
  }
  document.addEventListener('visibilitychange', hide, { once: true })
  listener.began(
    result,
    wanted.map(({ name }) => name),
  )
  for (const [at, candidate] of wanted.entries()) {
    const found = await runCase(field, candidate, {
      ...settings,
      seed: candidate.name,
      onRound: (round) => listener.round(at, round),
    })
    cases.push(found)
    await listener.measured(at, found, result)
  }
  return result
}
