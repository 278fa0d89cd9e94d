/** How the text of a flag becomes the value that a field checks. What cannot be read stays text, which the field refuses in its words. */
export type ReadText = (text: string) => unknown

/** A number as a person writes it; anything else, '' and '0x10' among it, stays the text that the field will refuse. */
export const asNumber: ReadText = (text) =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text

/** `true` or `false`. */
export const asBoolean: ReadText = (text) => (/^(true|false)$/.test(text) ? text === 'true' : text)

export const asText: ReadText = (text) => text

/** `a,b,c`, each read by `item`. */
export const asList =
  (item: ReadText): ReadText =>
  (text) =>
    text.split(',').map((part) => item(part.trim()))
