import { plain } from './plain.ts'

type Written = string | ((found: string) => string)

/** What Markdown and GitHub's tables read as more than letters, and what is written for it. */
const signs: readonly (readonly [RegExp, Written])[] = [
  [/&(?! )/g, '&amp;'],
  // `< 0.001` is no tag, and `a > b` no quotation.
  [/<(?! \S|\d)/g, '&lt;'],
  [/(?<!\S )>|>(?! )/g, '&gt;'],
  [/[\\`*[\]|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&'],
  // Bare addresses become links, names after an @ tell the person.
  [/:(?=\/\/)|@|(?<=www)\./gi, (found) => `&#${found.codePointAt(0)};`],
  // At the beginning of a line: code, headings, lists, rules, numbered lists.
  [/^ {4,}/, '   '],
  [/(?<=^ *)(?:#+(?= |$)|[-+=](?=[ =-]|$)|[.)](?= |$))/, '\\$&'],
  [/(?<=^ *\d{1,9})[.)](?= |$)/, '\\$&'],
]

/**
 * Text of data for a line or a cell of Markdown: a reader sees its letters, and none of it is markup, a link or HTML.
 *
 * @example
 * ```ts
 * markdown('a|b <img src=x>') // 'a\\|b &lt;img src=x&gt;'
 * ```
 */
export const markdown = (text: string): string =>
  signs.reduce((line, [sign, written]) => line.replace(sign, written as string), plain(text))
