import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_COLUMNS, type DeclaredMapping } from "../roster/field-mapping.js";
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
  /**
   * Columns that go, with everybody's values. A column that this resource declared and is left out is refused unless it is
   * named here; a live column that it never declared stays. What is gone already does no harm here.
   */
  readonly dropColumns?: readonly string[] | undefined;
  /** New names of columns, by their old ones: the values stay. What has its new name already does no harm here. */
  readonly renameColumns?: Readonly<Record<string, string>> | undefined;
}

export interface FieldMappingSchemaArgs {
  readonly fields: pulumi.Input<FieldMappingArgs>;
}

/**
 * The field mapping of one account, for teams that manage it apart from the people. It declares: before the initial
 * setup the roster that refers to it carries it out; afterwards a change saves the live records again under the new
 * mapping. A column under another name keeps its values, and only a column that `dropColumns` names goes.
 *
 * @example
 * const mapping = new sei.FieldMappingSchema("mapping", { fields: { attributes: ["Role", "Team"] } });
 * // Later: Team is called Squad, and Site goes.
 * const fields = { attributes: ["Role", "Squad"], renameColumns: { Team: "Squad" }, dropColumns: ["Site"] };
 */
export class FieldMappingSchema extends pulumi.CustomResource {
  declare readonly fields: pulumi.Output<DeclaredMapping>;
  /** What the last refresh found to differ; "" for nothing. */
  declare readonly drift: pulumi.Output<string>;

  constructor(name: string, args: FieldMappingSchemaArgs, opts?: pulumi.CustomResourceOptions) {
    refusePlainKey();
    const fields = pulumi.output(args.fields).apply(
      (given): DeclaredMapping => ({
        name: given.name ?? DEFAULT_COLUMNS.name,
        email: given.email ?? DEFAULT_COLUMNS.email,
        managerEmail: given.managerEmail ?? DEFAULT_COLUMNS.managerEmail,
        attributes: given.attributes ?? [],
        ...(given.dropColumns === undefined ? {} : { dropColumns: given.dropColumns }),
        ...(given.renameColumns === undefined ? {} : { renameColumns: given.renameColumns }),
      }),
    );
    const seeded = { drift: undefined, endpoint: undefined, account: undefined };
    super(resourceType("FieldMappingSchema"), name, { ...stub("field-mapping-provider"), fields, ...seeded }, opts);
  }
}
