/**
 * The typed client of the SEI API, without Pulumi: `import { connect, syncDeveloper } from "pulumi-harness-sei/client"`.
 */
export type { Developer, Identity } from "../roster/developer.js";
export type { FieldMapping } from "../roster/field-mapping.js";
export type { Completeness, Disputed, IdentityCompleteness, LiveRoster } from "../roster/live-roster.js";
export type { Strings } from "../roster/strings.js";
export type { Target } from "../roster/target.js";
export type {
  DeveloperPage,
  DeveloperQuery,
  IdentityPage,
  IdentityQuery,
  PageQuery,
  SeiApi,
} from "../sei/api/api.js";
export type { SeiApiWriter, UploadPreview } from "../sei/api/api-writer.js";
export {
  type AnswerSeen,
  type ConnectOptions,
  connect,
  type Generation,
  type Region,
  resolveEndpoint,
  type SeiClient,
  type WriteSeen,
} from "../sei/client.js";
export type { Table } from "../sei/codec/csv.js";
export type * from "../sei/contributors/contributor.js";
export type { ContributorReader, ContributorWish, ContributorWriter } from "../sei/contributors/contributors.js";
export type { EndpointOptions } from "../sei/endpoint.js";
export * from "../sei/errors.js";
export type { Claim, PartWish } from "../sei/part/part-wish.js";
export type { SeiReader } from "../sei/reader.js";
export type { ListFilter } from "../sei/routes/list-filter.js";
export type { JsonObject } from "../sei/shape/json.js";
export type { AuthChoice } from "../sei/transport/auth.js";
export type { RetrySettings } from "../sei/transport/retry.js";
export type { Draft, Review, SeiWriter, WritableIdentity } from "../sei/writer.js";
export type { DeclaredFields, DeclaredText } from "../source/declared.js";
export { type DeveloperInput, type SyncOptions, syncDeveloper } from "./sync-developer.js";
export type {
  SyncCreated,
  SyncFailed,
  SyncOutcome,
  SyncRefused,
  SyncUnchanged,
  SyncUpdated,
} from "./sync-outcome.js";
