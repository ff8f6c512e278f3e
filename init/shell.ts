/** A command as a shell takes it, from the words of a JSON array. */
export const shellLine = (words: readonly string[]): string => words.map(shellWord).join(" ");

/** Heroku gives every command to a shell, so variables in it are left for the shell to replace. */
function shellWord(word: string): string {
  if (/^[\w@%+=:,./$-]+$/.test(word)) return word;
  return word.includes("$") ? `"${word.replaceAll(/(["\\`])/g, "\\$1")}"` : `'${word.replaceAll("'", "'\\''")}'`;
}

/** What a command runs, when `sh -c` stands around it. */
export function withoutShell(words: readonly string[]): string {
  const [shell = "", option = "", script, ...rest] = words;
  const isShell = /^(\/usr)?(\/bin\/)?(ba|da|a)?sh$/.test(shell) && /^-[a-z]*c$/.test(option);
  return isShell && script !== undefined && rest.length === 0 ? script : shellLine(words);
}

/** Whether a command is one program with its arguments, so that `exec` can stand before it. */
export const isSimple = (line: string): boolean =>
  !/[;&|()`\n]|^\s*\w+=/.test(line) && !/^(exec|cd|if|while)\b/.test(line);

const DEVELOPMENT = [
  /\brunserver(_plus)?\b|--reload\b|\b(nodemon|watchfiles|watchmedo|debugpy)\b|\bng serve\b|\bnext dev\b|\bvite\b(?! preview)/,
  /\b(npm|yarn|pnpm|bun|make)( run)? [\w:-]*(dev|watch|serve)\b|^make (run|start)\b/,
  /^(\/bin\/)?(bash|sh|python3?|node|irb)$|^tail -f|^sleep |^\/bin\/true$/,
];

/** Whether a command is for development: it watches files, serves debug pages, or only waits. */
export const isForDevelopment = (line: string): boolean => DEVELOPMENT.some((pattern) => pattern.test(line.trim()));

/** A command without what waits for compose's services in front of it: on Heroku they have other names, and are there. */
export const withoutWaiting = (line: string): string =>
  line
    .replace(/^\s*(while|until)\b[\s\S]*?;\s*done\s*(;|&&)\s*/, "")
    .replace(/^\S*\bwait[-_]for\S*(\s+(-\w+( \d+)?|[\w.-]+:\d+))*\s+(--|&&)\s+/, "")
    .replace(/^dockerize(\s+-(wait|timeout)\s+\S+)+\s+/, "");
