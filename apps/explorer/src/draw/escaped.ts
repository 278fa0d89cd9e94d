const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as it stands in SVG or HTML, between tags or in an attribute with quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign])
