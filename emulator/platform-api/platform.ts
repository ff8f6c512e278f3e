import { InjectedFaults } from "../http/injected-faults";
import { RateLimits } from "../http/rate-limits";
import { RequestLog } from "../http/request-log";
import { AddonProvisioner } from "./addon-provisioner";
import { Addons } from "./addons";
import { AppTransfers } from "./app-transfers";
import { Apps } from "./apps";
import { Attachments } from "./attachments";
import { Authorizations } from "./authorizations";
import { Collaborators } from "./collaborators";
import { ConfigVars } from "./config-vars";
import type { Core } from "./core";
import type { Delays } from "./delays";
import { Domains } from "./domains";
import { Features } from "./features";
import { Formation } from "./formation";
import { Keys } from "./keys";
import { LogDrains } from "./log-drains";
import { LogSessions } from "./log-sessions";
import type { Lookup } from "./lookup";
import { OauthClients } from "./oauth-clients";
import { PipelineCouplings } from "./pipeline-couplings";
import { Pipelines } from "./pipelines";
import { Promotions } from "./promotions";
import { ReleaseOutputs } from "./release-outputs";
import { ReleaseRunner } from "./release-runner";
import type { Releases } from "./releases";
import { RunningDynos } from "./running-dynos";
import { Slugs } from "./slugs";
import { SniEndpoints } from "./sni-endpoints";
import { Teams } from "./teams";
import { Webhooks } from "./webhooks";

/** Heroku's rules over the records: what the routes call. Each resource has a class of its own. */
export class Platform {
  readonly lookup: Lookup;
  readonly addons: Addons;
  readonly appTransfers: AppTransfers;
  readonly apps: Apps;
  readonly attachments: Attachments;
  readonly authorizations: Authorizations;
  readonly collaborators: Collaborators;
  readonly configVars: ConfigVars;
  readonly couplings: PipelineCouplings;
  readonly domains: Domains;
  readonly dynos: RunningDynos;
  readonly features: Features;
  readonly formation: Formation;
  readonly keys: Keys;
  readonly logDrains: LogDrains;
  readonly logSessions: LogSessions;
  readonly oauthClients: OauthClients;
  readonly outputs: ReleaseOutputs;
  readonly pipelines: Pipelines;
  readonly promotions: Promotions;
  readonly provisioner: AddonProvisioner;
  readonly releases: Releases;
  readonly runner: ReleaseRunner;
  readonly slugs: Slugs;
  readonly sniEndpoints: SniEndpoints;
  readonly teams: Teams;
  readonly webhooks: Webhooks;

  readonly faults = new InjectedFaults();
  readonly rateLimits: RateLimits;
  readonly requests = new RequestLog();

  constructor(
    readonly core: Core,
    readonly delays: Delays,
  ) {
    this.lookup = core.lookup;
    this.rateLimits = new RateLimits(core.clock);
    this.outputs = new ReleaseOutputs(core.store);
    this.runner = new ReleaseRunner(core, this.outputs);
    this.releases = this.runner.releases;
    this.configVars = new ConfigVars(core, this.releases);
    this.formation = new Formation(core, this.runner);
    this.dynos = new RunningDynos(core, this.releases);
    this.slugs = new Slugs(core, this.releases);
    this.attachments = new Attachments(core, this.releases);
    this.provisioner = new AddonProvisioner(core, this.releases, this.attachments, delays, this.faults);
    this.addons = new Addons(core, this.attachments, this.provisioner);
    this.apps = new Apps(core, this.releases, this.addons);
    this.pipelines = new Pipelines(core);
    this.couplings = new PipelineCouplings(core);
    this.promotions = new Promotions(core, this.releases, this.pipelines);
    this.sniEndpoints = new SniEndpoints(core);
    this.domains = new Domains(core, this.sniEndpoints);
    this.appTransfers = new AppTransfers(core);
    this.authorizations = new Authorizations(core);
    this.oauthClients = new OauthClients(core);
    this.keys = new Keys(core);
    this.collaborators = new Collaborators(core);
    this.features = new Features(core);
    this.logDrains = new LogDrains(core);
    this.logSessions = new LogSessions(core);
    this.teams = new Teams(core);
    this.webhooks = new Webhooks(core);
  }

  /** Continues what an earlier process left unfinished. */
  resume(): void {
    this.provisioner.resume();
    this.promotions.resume();
    this.runner.resume();
    this.authorizations.resume();
  }

  /** Resolves once no background work is left. */
  async idle(): Promise<void> {
    await this.provisioner.idle();
    await this.promotions.idle();
    await this.runner.idle();
  }
}
