/** Joins words to a command line that a shell splits into the same words, as `heroku ps` shows an image's command. */
export function shellWords(words: readonly string[]): string {
  return words.map((word) => (word === "" ? "''" : word.replace(/[^\w\-.,:+/@\n]/g, "\\$&"))).join(" ");
}
