import { distance } from 'fastest-levenshtein'

/** " (did you mean 'x'?)" for the candidate closest to `word`, or nothing if none is close. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
  const best = ranked[0]
  // Commander suggests its own commands under the same rule: at most 40 % of the letters are wrong.
  if (!best || best.edits > 0.4 * Math.max(word.length, best.candidate.length)) return ''
  return ` (did you mean '${best.candidate}'?)`
}
