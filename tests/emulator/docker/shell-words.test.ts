import { execFileSync } from "node:child_process";
import { shellWords } from "../../../emulator/docker/shell-words";

describe("shellWords", () => {
  it("writes commands as Heroku's logs show them", () => {
    expect(shellWords(["/bin/sh", "-c", "gunicorn --bind 0.0.0.0:$PORT manage:app"])).toBe(
      "/bin/sh -c gunicorn\\ --bind\\ 0.0.0.0:\\$PORT\\ manage:app",
    );
  });

  it("is split by a shell into the same words", () => {
    const words = ["", "a b", "$HOME", "`id`", "it's", '"', "one\ntwo", "*", "é", "a;b", "\\", "--x=1"];
    const program = "for word; do printf '%s\\0' \"$word\"; done";

    const split = execFileSync("/bin/sh", ["-c", `set -- ${shellWords(words)}; ${program}`], { encoding: "utf8" });

    expect(split.split("\0").slice(0, -1)).toEqual(words);
  });
});
