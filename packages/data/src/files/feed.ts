import type { SamplesParser } from '../samples/samples.ts'
import type { OpenFile } from './open-file.ts'

/** Gives all bytes of a file to a parser. */
export async function feed({ chunks }: OpenFile, parser: Pick<SamplesParser, 'push'>): Promise<void> {
  for await (const chunk of chunks) parser.push(chunk)
}
