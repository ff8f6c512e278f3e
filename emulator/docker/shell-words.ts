/** Joins words to a command line that a shell splits into the same words, as in the output of `heroku ps`. */
export function shellWords(words: readonly string[]): string {
  return words.map(shellWord).join(" ");
}

function shellWord(word: string): string {
  if (word === "") return "''";
  // An escaped line break is no character at all to a shell.
  return word.replace(/[^\w\-.,:+/@\n]/g, "\\$&").replaceAll("\n", "'\n'");
}
