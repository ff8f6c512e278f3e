/** Something that was read, and where: `heroku.yml:4`. */
export interface Found<T> {
  value: T;
  at: string;
}

/** Where an offset of a text lies: `<path>:<line>`. */
export const placeOf = (path: string, text: string, offset: number): string =>
  `${path}:${text.slice(0, offset).split("\n").length}`;

/** Where a word first stands in a text; the file alone when it does not. */
export function placeOfWord(path: string, text: string, word: string, after = 0): string {
  const offset = text.indexOf(word, after);
  return offset < 0 ? path : placeOf(path, text, offset);
}
