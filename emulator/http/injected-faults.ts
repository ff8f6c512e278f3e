/** A fault to play: which requests and what happens to them, or which service's provisioning fails. */
export interface Fault {
  readonly id: string;
  /** Any when left out. */
  readonly method?: string | undefined;
  /** Regular expression on the path; any when left out. */
  readonly path?: string | undefined;
  /** Spares this many matching requests first. */
  readonly skip: number;
  /** Hits this many after that. */
  readonly times: number;
  /** Waits this long first, in milliseconds. */
  readonly delay?: number | undefined;
  /** Answers with this status and error id instead of serving the request. */
  readonly status?: number | undefined;
  readonly errorId?: string | undefined;
  /** Breaks the connection before the request is served, or after it took effect. */
  readonly cut?: "before" | "after" | undefined;
  /** Add-on service whose provisioning fails; such a fault hits no request. */
  readonly service?: string | undefined;
}

interface Entry {
  readonly fault: Fault;
  matched: number;
}

/** The faults that are set, and how often each matched. */
export class Faults {
  private readonly faults = new Map<string, Entry>();

  add(fault: Fault): Fault {
    this.faults.set(fault.id, { fault, matched: 0 });
    return fault;
  }

  remove(id: string): boolean {
    return this.faults.delete(id);
  }

  clear(): void {
    this.faults.clear();
  }

  all(): (Fault & { readonly matched: number })[] {
    return [...this.faults.values()].map(({ fault, matched }) => ({ ...fault, matched }));
  }

  /** Counts this request and says which fault it gets. */
  take(method: string, path: string): Fault | undefined {
    return this.next(
      (fault) =>
        fault.service === undefined &&
        (fault.method === undefined || fault.method.toUpperCase() === method) &&
        (fault.path === undefined || new RegExp(fault.path).test(path)),
    );
  }

  /** Counts this provisioning of an add-on of the service and says whether it fails. */
  failsProvisioning(service: string): boolean {
    return this.next((fault) => fault.service === service) !== undefined;
  }

  private next(matches: (fault: Fault) => boolean): Fault | undefined {
    for (const entry of this.faults.values()) {
      if (!matches(entry.fault)) continue;
      entry.matched += 1;
      if (entry.matched > entry.fault.skip && entry.matched <= entry.fault.skip + entry.fault.times) return entry.fault;
    }
    return undefined;
  }
}
