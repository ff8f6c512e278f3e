import { parseReply } from "../../../../emulator/data-api/key-value/resp";

const parse = (text: string) => parseReply(Buffer.from(text), 0);

describe("parseReply", () => {
  it("reads each kind of reply", () => {
    expect(parse("+PONG\r\n")).toEqual({ value: "PONG", error: false, end: 7 });
    expect(parse("-ERR no\r\n")).toEqual({ value: "ERR no", error: true, end: 9 });
    expect(parse(":42\r\n")?.value).toBe(42);
    expect(parse("$-1\r\n")?.value).toBeNull();
    expect(parse("*2\r\n$1\r\na\r\n:1\r\n")?.value).toEqual(["a", 1]);
  });

  it("waits for the rest of a reply", () => {
    expect([parse("+PO"), parse("$5\r\nhel"), parse("*2\r\n:1\r\n")]).toEqual([undefined, undefined, undefined]);
  });
});
