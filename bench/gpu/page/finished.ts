import type { Entry, Session } from '../../src/contenders/contender.ts'
import type { Work } from '../../src/work/work.ts'

type Prepare = (work: Work, inputs: never) => Promise<{ entries: readonly Entry[] }>

/**
 * A session whose repetitions count as done when the device is: a GPU takes orders long before it carries them out. `finish` waits
 * for everything that was ordered.
 */
export function finishing(session: Session, finish: () => Promise<void>): Session {
  const timed = (entry: Entry): Entry => {
    const { clock } = entry
    if (clock.kind === 'own') return entry
    return {
      ...entry,
      clock: {
        kind: 'own',
        async seconds(repetitions) {
          await finish()
          const start = performance.now()
          if (clock.kind === 'synchronous') for (let i = 0; i < repetitions; i++) clock.run()
          else for (let i = 0; i < repetitions; i++) await clock.run()
          await finish()
          return (performance.now() - start) / 1000
        },
      },
    }
  }
  const wrapped = Object.entries(session.prepare).map(([kind, prepare]) => [
    kind,
    async (work: Work, inputs: never) => {
      const prepared = await (prepare as Prepare)(work, inputs)
      return { ...prepared, entries: prepared.entries.map(timed) }
    },
  ])
  return { ...session, prepare: Object.fromEntries(wrapped) }
}
