/** Version of the provider that this one stands in for, and whose state it was compared with. */
export const version = "5.0.0";

export const installOfficial = `install the official provider with \`pulumi plugin install resource docker v${version}\``;
