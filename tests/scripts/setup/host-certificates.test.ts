import { fingerprint, splitCertificates } from "../../../scripts/setup/host-certificates.mjs";

const certificate = (body: string) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;

describe("splitCertificates", () => {
  it("takes the certificates out of a bundle, whatever stands between them", () => {
    const bundle = `# One\n${certificate("MIIone=")}\n# Two\r\n${certificate("MIItwo=").replace(/\n/g, "\r\n")}`;
    expect(splitCertificates(bundle)).toEqual([certificate("MIIone="), certificate("MIItwo=")]);
  });

  it("finds none in another text", () => {
    expect(splitCertificates("-----BEGIN PUBLIC KEY-----\nMII\n-----END PUBLIC KEY-----\n")).toEqual([]);
  });
});

describe("fingerprint", () => {
  it("changes with the certificates", () => {
    expect(fingerprint([certificate("a")])).toMatch(/^[0-9a-f]{16}$/);
    expect(fingerprint([certificate("a")])).not.toBe(fingerprint([certificate("b")]));
  });
});
