/** A text as a part of a URI, whatever is in it: half a character, as file names of Windows may have, is replaced. */
export const uriPart = (text: string): string => encodeURIComponent(text.replaceAll(/[\uD800-\uDFFF]/gu, '\uFFFD'))
