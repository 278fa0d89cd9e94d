import { crc32 } from '@facet/tensor'

const encoder = new TextEncoder()

/** CRC-32 of a text in UTF-8: eight hexadecimal digits, small letters. */
export const checksum = (text: string): string => crc32(encoder.encode(text)).toString(16).padStart(8, '0')
