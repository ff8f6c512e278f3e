import { imageReference, isDigest, parseImageReference } from "./image-reference";
import type { Issue } from "./issue";
import { mustBe } from "./rule";

/** Images to run instead of building: `{stack: <name>}`, or an image for each process type. */
export type PromotedImages = Readonly<Record<string, string>>;

const FORM = `a digest sha256:<64 hex digits> or a reference ${imageReference.what}`;

/** What is wrong with the images of a stack, given its own name, process types and registry. */
export function promotionIssues(
  images: PromotedImages,
  own: { stack: string; processTypes: readonly string[]; registry: string },
): Issue[] {
  if (images.stack === undefined) return imageIssues(images, own);
  const others = Object.keys(images).filter((key) => key !== "stack");
  const issues: Issue[] = [];
  if (others.length > 0) {
    const fix = "write {stack: <name>}, or the image of each process type";
    issues.push({ propertyPath: "images", reason: mustBe("a stack or images, not both", others, fix) });
  }
  if (images.stack === "" || images.stack === own.stack) {
    issues.push({
      propertyPath: "images.stack",
      reason: mustBe("the name of another stack", images.stack, 'name the one whose images to take, e.g. "dev"'),
    });
  }
  return issues;
}

function imageIssues(
  images: PromotedImages,
  { processTypes, registry }: { processTypes: readonly string[]; registry: string },
): Issue[] {
  const missing = processTypes.filter((type) => images[type] === undefined);
  return [
    ...missing.map((type) => ({ propertyPath: `images.${type}`, reason: `is missing; write ${FORM}` })),
    ...Object.entries(images).flatMap(([type, image]) => {
      const reason = imageIssue(type, image, processTypes, registry);
      return reason === undefined ? [] : [{ propertyPath: `images.${type}`, reason }];
    }),
  ];
}

function imageIssue(type: string, image: string, types: readonly string[], registry: string): string | undefined {
  if (!types.includes(type)) return mustBe("of a process type of this stack", type, `it has ${types.join(", ")}`);
  if (isDigest(image)) return undefined;
  const { registry: host, processType: imageType } = parseImageReference(image) ?? {};
  if (host === undefined) return mustBe(FORM, image, "copy it from the output image.references of a stack");
  if (host !== registry) return mustBe(`in the registry ${registry}`, host, "promote within one registry");
  return imageType === type ? undefined : mustBe(`of process type ${type}`, image, "name that type's image");
}

/**
 * The image of each process type in another stack's outputs, or an issue that completes a sentence beginning with the
 * stack's name.
 */
export function releasedImages(
  outputs: Readonly<Record<string, unknown>>,
  processTypes: readonly string[],
): { references: Record<string, string>; since: string } | { issue: string } {
  const references = textsOf(Object(outputs.image).references);
  const types = Object.keys(references);
  if (types.length === 0) return { issue: "has released no images; bring it up first" };
  const differing = [
    ...processTypes.filter((type) => !types.includes(type)).map((type) => `it has no ${type}`),
    ...types.filter((type) => !processTypes.includes(type)).map((type) => `this stack has no ${type}`),
  ];
  if (differing.length > 0) {
    return { issue: `must have the process types of this stack, got ${differing.join(", ")}; make processTypes alike` };
  }
  return { references, since: typeof outputs.releasedAt === "string" ? outputs.releasedAt : "" };
}

function textsOf(value: unknown): Record<string, string> {
  const entries = Object.entries(Object(value)).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(entries);
}
