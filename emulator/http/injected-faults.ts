/** A fault to inject: which requests it hits and how, or which service's provisioning it fails. */
export interface InjectedFault {
  readonly id: string;
  /** HTTP method; any without it. */
  readonly method?: string | undefined;
  /** Regular expression for the path; any without it. */
  readonly path?: string | undefined;
  /** How many matching requests to let through first. */
  readonly skip: number;
  /** How many matching requests to hit after that. */
  readonly times: number;
  /** Milliseconds to wait first. */
  readonly delay?: number | undefined;
  /** Reply with this status and error id instead of serving the request. */
  readonly status?: number | undefined;
  readonly errorId?: string | undefined;
  /** Break the connection before the request is served, or after it took effect. */
  readonly cut?: "before" | "after" | undefined;
  /** Add-on service whose provisioning fails; such a fault hits no request. */
  readonly service?: string | undefined;
}

interface Entry {
  readonly fault: InjectedFault;
  matched: number;
}

/** The faults that are set, and how often each one matched. */
export class InjectedFaults {
  private readonly entries = new Map<string, Entry>();

  add(fault: InjectedFault): InjectedFault {
    this.entries.set(fault.id, { fault, matched: 0 });
    return fault;
  }

  remove(id: string): boolean {
    return this.entries.delete(id);
  }

  clear(): void {
    this.entries.clear();
  }

  all(): (InjectedFault & { readonly matched: number })[] {
    return [...this.entries.values()].map(({ fault, matched }) => ({ ...fault, matched }));
  }

  /** Counts a request and returns the fault that hits it. */
  take(method: string, path: string): InjectedFault | undefined {
    return this.next(
      (fault) =>
        fault.service === undefined &&
        (fault.method === undefined || fault.method.toUpperCase() === method) &&
        (fault.path === undefined || new RegExp(fault.path).test(path)),
    );
  }

  /** Counts the provisioning of an add-on of the service and returns whether it fails. */
  failsProvisioning(service: string): boolean {
    return this.next((fault) => fault.service === service) !== undefined;
  }

  private next(matches: (fault: InjectedFault) => boolean): InjectedFault | undefined {
    for (const entry of this.entries.values()) {
      if (!matches(entry.fault)) continue;
      entry.matched += 1;
      if (entry.matched > entry.fault.skip && entry.matched <= entry.fault.skip + entry.fault.times) return entry.fault;
    }
    return undefined;
  }
}
