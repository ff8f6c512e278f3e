/** Joins words to a command line that a shell splits into the same words, as in the output of `heroku ps`. */
export function shellWords(words: readonly string[]): string {
  return words.map((word) => (word === "" ? "''" : word.replace(/[^\w\-.,:+/@\n]/g, "\\$&"))).join(" ");
}
