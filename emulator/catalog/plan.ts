import { derivedId } from "../ids";

/** A plan of an add-on service. Local Heroku applies its limits to the running service. */
export interface Plan {
  readonly id: string;
  readonly serviceName: string;
  /** Without the service: `essential-0`. */
  readonly name: string;
  readonly humanName: string;
  readonly description: string;
  readonly default: boolean;
  /** US cents a month, the cap of by-the-second billing. */
  readonly cents: number;
  /** Memory in MB; undefined if it is shared with other plans. */
  readonly memoryMb?: number;
  /** Storage in GB; undefined for services that keep everything in memory. */
  readonly storageGb?: number;
  /** The most connections at once. */
  readonly connections: number;
  /** The family: `essential`, `standard`, `premium`, `mini`. */
  readonly tier: string;
}

/** A row of a price list: name, dollars a month, memory in MB, storage in GB, connections. */
export type PlanRow = readonly [
  name: string,
  dollars: number,
  memoryMb: number | undefined,
  storageGb: number | undefined,
  connections: number,
];

/** Creates the plans of a service from its price list; the first one is the default. */
export function createPlans(serviceName: string, humanService: string, rows: readonly PlanRow[]): readonly Plan[] {
  return rows.map(([name, dollars, memoryMb, storageGb, connections], position) => {
    const humanName = name.replace(
      /(^|-)(\w)/g,
      (_, dash: string, letter: string) => (dash && " ") + letter.toUpperCase(),
    );
    return {
      id: derivedId("plan", serviceName, name),
      serviceName,
      name,
      humanName,
      description: `${humanService} ${humanName}`,
      default: position === 0,
      cents: dollars * 100,
      connections,
      tier: name.replace(/-\d+$/, ""),
      ...(memoryMb === undefined ? {} : { memoryMb }),
      ...(storageGb === undefined ? {} : { storageGb }),
    };
  });
}
