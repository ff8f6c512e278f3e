import { IgnoreRules, type Verdict } from "../../../../provider/docker/build/ignore-rules";

/** Whether a path is ignored, judged folder by folder as a walk does. */
function ignores(text: string, path: string): boolean {
  const rules = IgnoreRules.parse(text);
  let verdict: Verdict | undefined;
  const names = path.split("/");
  for (let count = 1; count <= names.length; count += 1) {
    verdict = rules.judge(names.slice(0, count).join("/"), verdict);
  }
  return verdict?.ignored === true;
}

describe("IgnoreRules", () => {
  it.each([
    ["node_modules", "node_modules/a/b.js", true],
    ["node_modules", "lib/node_modules/b.js", false],
    ["**/node_modules", "lib/node_modules/b.js", true],
    ["/node_modules/", "node_modules", true],
    ["*.log", "a.log", true],
    ["*.log", "logs/a.log", false],
    ["**/*.log", "a.log", true],
    ["**/*.log", "logs/deep/a.log", true],
    ["a.log", "axlog", false],
    ["Read(me)+", "Read(me)+", true],
    ["Read*", "readme", false],
    ["tmp?", "tmp1/x", true],
    ["tmp?", "tmp/x", false],
    ["tmp?", "tmp\u{1D4B3}", true],
    ["[^a].txt", "\u{1D4B3}.txt", true],
    ["\\-?", "-a", true],
    ["[ab].txt", "b.txt", true],
    ["[ab].txt", "c.txt", false],
    ["a\\*", "a*", true],
    ["a\\*", "ab", false],
    ["docs/**", "docs/a/b", true],
    ["docs/**", "docs", false],
    ["**/cache/**", "x/cache/y", true],
    ["**", "anything/at/all", true],
    ["**.pyc", "a/b.pyc", true],
    ["./a/../b", "b", true],
    ["*\n!keep.txt", "keep.txt", false],
    ["*\n!keep.txt", "other.txt", true],
    ["*\n!keep", "keep/inside.txt", false],
    ["dir\n!dir/keep.txt", "dir/keep.txt", false],
    ["dir\n!**/keep.txt", "dir/keep.txt", false],
    ["dir\n!dir/keep.txt\ndir/keep.txt", "dir/keep.txt", true],
    ["# a\n\n  b  \n", "b", true],
    ["# a", "# a", false],
    ["\uFEFFa\r\nb\r\n", "a", true],
    ["\uFEFFa\r\nb\r\n", "b", true],
  ])("by %j, %s is ignored: %s", (text, path, expected) => {
    expect(ignores(text, path)).toBe(expected);
  });

  it.each([
    ["!", 'a pattern of .dockerignore must name something, got "!"; complete it'],
    ["a[", 'a pattern of .dockerignore must be complete, got "a["; close its brackets'],
  ])("refuses the pattern %j", (text, message) => {
    expect(() => IgnoreRules.parse(text)).toThrow(message);
  });

  it("takes paths back in", () => {
    const rules = IgnoreRules.parse("*").except("Dockerfile");

    expect(rules.judge("Dockerfile").ignored).toBe(false);
    expect(rules.judge("other").ignored).toBe(true);
  });
});
