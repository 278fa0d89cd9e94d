/** What tells of JavaScript's own message: whoever reads it learns neither file nor place. */
const smells = [
  /Cannot (read propert|set propert|convert|destructure|access|mix|perform)/,
  /is not (iterable|a function|defined|a constructor|extensible)/i,
  /Invalid (array|typed array|string|count|time|regular|DataView)/i,
  /Unexpected (token|end|non-whitespace|identifier|string|number)/i,
  /in JSON at position|is not valid JSON|JSON input/,
  /Maximum call stack|Array buffer allocation|out of memory|heap/i,
  /out of bounds|Offset is outside|start offset|byte length of|should be a multiple/i,
  /undefined|\[object \w+\]|ERR_[A-Z]|Reduce of empty|object is not|BigInt/,
]

/** Whether a message is one of JavaScript's own, or shows a value that nobody meant to show. */
export const isNativeMessage = (message: string): boolean => smells.some((smell) => smell.test(message))
