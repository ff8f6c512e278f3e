import { derivedId } from "../ids";

/** A region of apps. */
export interface Region {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly country: string;
  readonly locale: string;
  /** The provider's own name for it. */
  readonly providerRegion: string;
  /** Private Spaces only. */
  readonly privateOnly: boolean;
}

const TABLE: readonly (readonly [string, string, string, string, string, boolean])[] = [
  ["us", "United States", "United States", "Virginia", "us-east-1", false],
  ["eu", "Europe", "Ireland", "Ireland", "eu-west-1", false],
  ["dublin", "Dublin, Ireland", "Ireland", "Dublin", "eu-west-1", true],
  ["frankfurt", "Frankfurt, Germany", "Germany", "Frankfurt", "eu-central-1", true],
  ["london", "London, United Kingdom", "United Kingdom", "London", "eu-west-2", true],
  ["montreal", "Montreal, Canada", "Canada", "Montreal", "ca-central-1", true],
  ["mumbai", "Mumbai, India", "India", "Mumbai", "ap-south-1", true],
  ["oregon", "Oregon, United States", "United States", "Oregon", "us-west-2", true],
  ["singapore", "Singapore", "Singapore", "Singapore", "ap-southeast-1", true],
  ["sydney", "Sydney, Australia", "Australia", "Sydney", "ap-southeast-2", true],
  ["tokyo", "Tokyo, Japan", "Japan", "Tokyo", "ap-northeast-1", true],
  ["virginia", "Virginia, United States", "United States", "Virginia", "us-east-1", true],
];

/** Heroku's regions. Outside of Private Spaces, apps can be only in `us` and `eu`. */
export const REGIONS: readonly Region[] = TABLE.map(
  ([name, description, country, locale, providerRegion, privateOnly]) => ({
    id: derivedId("region", name),
    name,
    description,
    country,
    locale,
    providerRegion,
    privateOnly,
  }),
);

/** The region of apps that name none. */
export const DEFAULT_REGION = "us";

/** The region with this name or id. */
export function findRegion(nameOrId: string): Region | undefined {
  return REGIONS.find((region) => region.name === nameOrId.toLowerCase() || region.id === nameOrId);
}
