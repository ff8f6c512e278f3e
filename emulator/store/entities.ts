import type {
  AddonRecord,
  AddonSettingsRecord,
  AttachmentRecord,
  CredentialRecord,
  MaintenanceWindowRecord,
} from "./entities/addon";
import type {
  AppRecord,
  ConfigRecord,
  DynoRecord,
  FormationRecord,
  ReleaseOutputRecord,
  ReleaseRecord,
  SlugRecord,
} from "./entities/app";
import type { PublicUrlRecord, TransferRecord, TransferScheduleRecord } from "./entities/backup";
import type {
  DomainRecord,
  LogDrainRecord,
  LogSessionRecord,
  SniEndpointRecord,
  WebhookRecord,
} from "./entities/network";
import type {
  AccountRecord,
  AppTransferRecord,
  CollaboratorRecord,
  FeatureRecord,
  TeamMemberRecord,
  TeamRecord,
} from "./entities/people";
import type { CouplingRecord, PipelineConfigRecord, PipelineRecord, PromotionRecord } from "./entities/pipeline";
import type { SettingRecord } from "./entities/setting";

export type * from "./entities/addon";
export type * from "./entities/app";
export type * from "./entities/backup";
export type * from "./entities/network";
export type * from "./entities/people";
export type * from "./entities/pipeline";
export type * from "./entities/setting";
export type * from "./entities/stored";

/** Every kind of record, by the name of its collection. */
export interface Records {
  accounts: AccountRecord;
  addonSettings: AddonSettingsRecord;
  addons: AddonRecord;
  apps: AppRecord;
  appTransfers: AppTransferRecord;
  attachments: AttachmentRecord;
  collaborators: CollaboratorRecord;
  configs: ConfigRecord;
  couplings: CouplingRecord;
  credentials: CredentialRecord;
  domains: DomainRecord;
  dynos: DynoRecord;
  features: FeatureRecord;
  formations: FormationRecord;
  logDrains: LogDrainRecord;
  logSessions: LogSessionRecord;
  maintenanceWindows: MaintenanceWindowRecord;
  pipelineConfigs: PipelineConfigRecord;
  pipelines: PipelineRecord;
  promotions: PromotionRecord;
  publicUrls: PublicUrlRecord;
  releaseOutputs: ReleaseOutputRecord;
  releases: ReleaseRecord;
  settings: SettingRecord;
  slugs: SlugRecord;
  sniEndpoints: SniEndpointRecord;
  teamMembers: TeamMemberRecord;
  teams: TeamRecord;
  transferSchedules: TransferScheduleRecord;
  transfers: TransferRecord;
  webhooks: WebhookRecord;
}
