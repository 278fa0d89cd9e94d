/** A number as text, without blanks: `-1.5e3`. */
export const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
