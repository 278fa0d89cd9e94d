import type { RegionsPicture } from '../work/messages.ts'

const counted = new Intl.NumberFormat('en-US')

/** What a picture is, in a line: `1,234 regions · 12 born, 9 died this step · exact`. */
export function lineOf(
  picture: Pick<RegionsPicture, 'regions' | 'born' | 'died' | 'stepsSince' | 'complete' | 'verified'>,
): string {
  const { regions, born, died, stepsSince, complete, verified } = picture
  const number = `${counted.format(regions)} ${regions === 1 ? 'region' : 'regions'}${complete ? '' : ' and more'}`
  const since = stepsSince === 1 ? 'this step' : `in ${counted.format(stepsSince)} steps`
  const life = stepsSince > 0 ? [`${counted.format(born)} born, ${counted.format(died)} died ${since}`] : []
  // `checked`: every sign in float64 with a bound of its error; `exact`: some of them in rational arithmetic.
  return [number, ...life, verified === 'float' ? 'rounded' : 'exact'].join(' · ')
}
