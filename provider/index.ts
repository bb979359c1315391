export { DeveloperIdentity, type DeveloperIdentityArgs } from "./pulumi/developer-identity.js";
export { DeveloperRoster, type DeveloperRosterArgs } from "./pulumi/developer-roster.js";
export {
  type FieldMappingArgs,
  FieldMappingSchema,
  type FieldMappingSchemaArgs,
} from "./pulumi/field-mapping-schema.js";
export type { FieldMapping } from "./roster/field-mapping.js";
export type { GuardSettings, Limit, Prune, Strategy } from "./roster/policy.js";
export type { DeclaredFields, DeclaredRoster, DeveloperArgs, ListedDeveloperArgs } from "./source/declared.js";
