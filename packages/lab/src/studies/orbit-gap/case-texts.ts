import type { OrbitName } from './cases.ts'

/** What a case is, in words: an orbit, what training saw of it, and what it did not. */
interface CaseText {
  readonly title: string
  readonly what: string
}

export const caseTexts: Readonly<Record<OrbitName, CaseText>> = {
  rotation: {
    title: 'Rotation',
    what: 'Half a circle laid into 6 dimensions: the orbit of a point under one rotation. Training sees 8 points at each end; 50 points of the middle are the gap.',
  },
  shift: {
    title: 'Shift',
    what: 'A signal of two harmonics, 24 samples long, delayed by up to half a period: the orbit of a signal under shifts in time. Training sees 8 short and 8 long delays; 50 delays between them are the gap.',
  },
  torus: {
    title: 'Torus',
    what: 'A patch of a torus in 8 dimensions: the orbit of a point under two rotations that commute. Training sees a 7 × 7 grid without its 9 inner points; 81 points of that hole are the gap.',
  },
}
