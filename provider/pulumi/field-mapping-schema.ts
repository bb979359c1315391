import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_COLUMNS, type FieldMapping } from "../roster/field-mapping.js";
import { refusePlainKey, resourceType, stub } from "./resource-kind.js";

/** Which CSV column holds what. */
export interface FieldMappingArgs {
  /** Default: "Name". */
  readonly name?: string;
  /** Default: "Email". */
  readonly email?: string;
  /** Default: "Manager Email". */
  readonly managerEmail?: string;
  /** The other columns. */
  readonly attributes?: readonly string[];
}

export interface FieldMappingSchemaArgs {
  readonly fields: pulumi.Input<FieldMappingArgs>;
}

/**
 * The field mapping of one account, for teams that manage it apart from the people. It declares: before the initial
 * setup the roster that refers to it carries it out; afterwards a change saves the live records again under the new
 * mapping. Columns are added, never dropped.
 *
 * @example
 * const mapping = new sei.FieldMappingSchema("mapping", { fields: { attributes: ["Role", "Team"] } });
 */
export class FieldMappingSchema extends pulumi.CustomResource {
  declare readonly fields: pulumi.Output<FieldMapping>;
  /** What the last refresh found to differ; "" for nothing. */
  declare readonly drift: pulumi.Output<string>;

  constructor(name: string, args: FieldMappingSchemaArgs, opts?: pulumi.CustomResourceOptions) {
    refusePlainKey();
    const fields = pulumi.output(args.fields).apply(
      (given): FieldMapping => ({
        name: given.name ?? DEFAULT_COLUMNS.name,
        email: given.email ?? DEFAULT_COLUMNS.email,
        managerEmail: given.managerEmail ?? DEFAULT_COLUMNS.managerEmail,
        attributes: given.attributes ?? [],
      }),
    );
    const seeded = { drift: undefined, endpoint: undefined, account: undefined };
    super(resourceType("FieldMappingSchema"), name, { ...stub("field-mapping-provider"), fields, ...seeded }, opts);
  }
}
