import { Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** Logplex cuts longer lines: https://devcenter.heroku.com/articles/logging#log-line-limits */
const LONGEST_LINE = 10_000;

/** A sink that calls `line` for each line written to it; the last line needs no line feed. */
export function lineSink(line: (text: string) => void): Writable {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  const take = (text: string) => {
    rest += text;
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const each of lines) line(each.endsWith("\r") ? each.slice(0, -1) : each);
    for (; rest.length >= LONGEST_LINE; rest = rest.slice(LONGEST_LINE)) line(rest.slice(0, LONGEST_LINE));
  };
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      take(decoder.write(chunk));
      done();
    },
    final(done) {
      take(decoder.end());
      if (rest !== "") line(rest);
      done();
    },
  });
}
