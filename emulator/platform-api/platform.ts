import { Faults } from "../http/injected-faults";
import { RateLimits } from "../http/rate-limits";
import { RequestLog } from "../http/request-log";
import { AddonProvisioner } from "./addon-provisioner";
import { Addons } from "./addons";
import { Apps } from "./apps";
import { Attachments } from "./attachments";
import type { Core } from "./core";
import type { Delays } from "./delays";
import { Lookup } from "./lookup";
import { Promotions } from "./promotions";
import { ReleaseOutputs } from "./release-outputs";
import { ReleaseRunner } from "./release-runner";
import type { Releases } from "./releases";

/** Heroku's rules over the records: what the routes call. */
export class Platform {
  readonly apps: Apps;
  readonly addons: Addons;
  readonly attachments: Attachments;
  readonly faults = new Faults();
  readonly lookup: Lookup;
  readonly outputs: ReleaseOutputs;
  readonly promotions: Promotions;
  readonly provisioner: AddonProvisioner;
  readonly rateLimits: RateLimits;
  readonly releases: Releases;
  readonly requests = new RequestLog();
  readonly runner: ReleaseRunner;

  constructor(
    readonly core: Core,
    readonly delays: Delays,
  ) {
    this.rateLimits = new RateLimits(core.clock);
    this.outputs = new ReleaseOutputs(core.store);
    this.runner = new ReleaseRunner(core, this.outputs);
    this.releases = this.runner.releases;
    this.attachments = new Attachments(core, this.releases);
    this.provisioner = new AddonProvisioner(core, this.releases, this.attachments, delays, this.faults);
    this.addons = new Addons(core, this.attachments, this.provisioner);
    this.apps = new Apps(core, this.releases, this.addons);
    this.promotions = new Promotions(core, this.releases);
    this.lookup = new Lookup(core.store);
  }

  /** Takes up what an earlier process left unfinished. */
  resume(): void {
    this.provisioner.resume();
    this.promotions.resume();
    this.runner.resume();
  }

  /** Resolves once nothing goes on in the background. */
  async idle(): Promise<void> {
    await this.provisioner.idle();
    await this.promotions.idle();
    await this.runner.idle();
  }
}
