import { hostNames } from "../../validation/hosts";

describe("hostNames", () => {
  const hosts = ["sketch.herokuapp.com", ".example.com"];

  it.each([
    ["comma", "sketch.herokuapp.com,.example.com"],
    ["space", "sketch.herokuapp.com .example.com"],
    ["json", '["sketch.herokuapp.com",".example.com"]'],
    ["origins", "https://sketch.herokuapp.com,https://*.example.com"],
  ] as const)("writes them in the form %s", (form, text) => {
    expect(hostNames(hosts, form)).toBe(text);
  });
});
