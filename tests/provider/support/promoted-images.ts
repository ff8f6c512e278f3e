/** What the images to promote say of themselves. */
export const labels = {
  "org.opencontainers.image.revision": "3f2a1bc0123456789abcdef0123456789abcdef0",
  "org.opencontainers.image.source": "https://example.com/sketch",
  "org.opencontainers.image.created": "2026-11-20T10:00:00Z",
  "skechwime.migrations": "boards.0001_initial,boards.0002_colour",
};

/** The same of an image that brings one migration less. */
export const older = { ...labels, "skechwime.migrations": "boards.0001_initial" };

/** Inputs of a PromotedImage that takes `source` to the app `prod`. */
export const inputsFor = (source: string, more = {}) => ({ source, app: "prod", processType: "web", ...more });
