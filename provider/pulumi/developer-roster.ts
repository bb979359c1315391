import * as pulumi from "@pulumi/pulumi";
import { canonicalRoster } from "../roster/canonical-roster.js";
import type { DesiredRoster } from "../roster/desired-roster.js";
import type { DeclaredMapping } from "../roster/field-mapping.js";
import type { GuardSettings, Prune, Strategy } from "../roster/policy.js";
import type { DeclaredRoster } from "../source/declared.js";
import type { ClaimedIdentity } from "./claims.js";
import { claimsOfRun, warnOfDouble } from "./claims-of-run.js";
import type { FieldMappingSchema } from "./field-mapping-schema.js";
import type { RosterInputs } from "./inputs.js";
import { ArgumentError, type Declaration, isUserError, loadDeclared } from "./load-declared.js";
import { refusePlainKey, resourceType, stub } from "./resource-kind.js";
import { rosterStore } from "./roster-store.js";
import { announcePhase } from "./shown-plan.js";

type Leaf = string | number | boolean | null | undefined;

/**
 * A value of which every part may be an output of another resource. The text in an output is only known when the program
 * runs, so where a share such as "10%" belongs, it is checked then.
 */
export type DeepInput<Value> =
  | pulumi.Input<Value extends Leaf ? Value : { readonly [Key in keyof Value]: DeepInput<Value[Key]> }>
  | (Value extends `${number}%` ? pulumi.Output<string> : never);

/** What a `DeveloperRoster` is made of: a `source` (files), or a roster in code. */
export interface DeveloperRosterArgs {
  /** A YAML file, a folder, a glob, or a list of these; relative to the project's folder. */
  readonly source?: DeepInput<string | readonly string[]>;
  /**
   * The developers in code, instead of a source. What governs them stands next to them: `fields`, `integrations`,
   * `defaults`, `scope`, `manageFields`, `ignoreFields` and `allow` mean what they mean in a roster file.
   */
  readonly developers?: DeepInput<DeclaredRoster["developers"]>;
  /** The field mapping, for developers in code. */
  readonly fields?: DeepInput<NonNullable<DeclaredRoster["fields"]>>;
  /** Names for integrationIds, for developers in code. */
  readonly integrations?: DeepInput<NonNullable<DeclaredRoster["integrations"]>>;
  /** Attributes of every developer who does not have them, for developers in code. */
  readonly defaults?: DeepInput<NonNullable<DeclaredRoster["defaults"]>>;
  /** The part of the live roster that this roster owns, for developers in code. */
  readonly scope?: DeepInput<NonNullable<DeclaredRoster["scope"]>>;
  /** The only fields to manage of people who are live, for developers in code. */
  readonly manageFields?: DeepInput<readonly string[]>;
  /** Fields not to manage of people who are live, for developers in code. */
  readonly ignoreFields?: DeepInput<readonly string[]>;
  /** Exceptions from the guards, for developers in code. */
  readonly allow?: DeepInput<NonNullable<DeclaredRoster["allow"]>>;
  /** A field mapping that is managed apart. A source with `fields` of its own must agree with it. */
  readonly fieldMapping?: FieldMappingSchema;
  /** Default: what the source says, else `managed`. Together with a source that says so too, it may only be stricter. */
  readonly prune?: pulumi.Input<Prune>;
  /** Together with a source that says so too, a guard may only be stricter. */
  readonly guards?: DeepInput<GuardSettings>;
  /** Default: `auto`. */
  readonly strategy?: pulumi.Input<Strategy>;
  /** The day, as `YYYY-MM-DD`, that `effective` dates are compared with. Default: today, in UTC. */
  readonly asOf?: pulumi.Input<string>;
  /** The size in bytes from which a file of the source is too large to be a roster. Default: 32 MiB. */
  readonly maxFileSize?: pulumi.Input<number>;
  /** Must be true, and applied, before a destroy deletes the developers. Default: false. */
  readonly forceDestroy?: pulumi.Input<boolean>;
}

/**
 * The engineering roster of one Harness SEI account, as declared in files or code.
 *
 * The people themselves never go through the engine: the program puts the roster into a private file of the user's
 * cache folder, and the resource's inputs carry its fingerprint.
 *
 * @example
 * const roster = new sei.DeveloperRoster("engineering", { source: "roster/" });
 * export const plan = roster.planSummary;
 */
export class DeveloperRoster extends pulumi.CustomResource {
  /** SHA-256 of the roster that was applied last. */
  declare readonly fingerprint: pulumi.Output<string>;
  /** How many developers it declares. */
  declare readonly developerCount: pulumi.Output<number>;
  /** The last apply in counts, such as "2 to create, 1 to update". */
  declare readonly planSummary: pulumi.Output<string>;
  /** What the last refresh found to differ, in counts; "" for nothing. */
  declare readonly drift: pulumi.Output<string>;
  declare readonly endpoint: pulumi.Output<string>;
  declare readonly account: pulumi.Output<string>;

  constructor(name: string, args: DeveloperRosterArgs, opts?: pulumi.CustomResourceOptions) {
    refusePlainKey();
    const { fieldMapping, ...given } = args;
    const mapping: pulumi.Input<DeclaredMapping | undefined> = fieldMapping?.fields;
    const inputs = pulumi
      .output({ given: given as pulumi.Input<Declaration & Ending>, mapping })
      .apply((resolved) => inputsOf(name, resolved.given as Declaration & Ending, resolved.mapping));
    super(
      resourceType("DeveloperRoster"),
      name,
      {
        ...stub("roster-provider"),
        fingerprint: inputs.fingerprint,
        developerCount: inputs.developerCount,
        prune: inputs.prune,
        strategy: inputs.strategy,
        guards: inputs.guards,
        forceDestroy: inputs.forceDestroy,
        problem: inputs.problem,
        planSummary: undefined,
        drift: undefined,
        endpoint: undefined,
        account: undefined,
        managed: undefined,
      },
      opts,
    );
  }
}

interface Ending {
  readonly forceDestroy?: boolean;
}

function* identitiesOf({ developers }: DesiredRoster): Iterable<ClaimedIdentity> {
  for (const { email, identities } of developers.values()) {
    for (const [integrationId, identity] of identities) yield { email, integrationId, identity };
  }
}

/** A source that is not valid goes on as `problem`, which `check` refuses: the engine shows that without a stack. */
async function inputsOf(
  name: string,
  given: Declaration & Ending,
  mapping: DeclaredMapping | undefined,
): Promise<RosterInputs & { readonly problem?: string }> {
  const forceDestroy = given.forceDestroy ?? false;
  try {
    const { roster, prune, guards, strategy, warnings, placeOf } = await loadDeclared(given, mapping ?? null);
    if (warnings !== "") await pulumi.log.warn(warnings);
    const claims = claimsOfRun();
    const clash = claims.take(name, roster.developers.keys());
    if (clash !== null) throw new ArgumentError(clash);
    const declarer = { resource: `DeveloperRoster "${name}"`, placeOf };
    const { conflict, alsoIn } = claims.takeIdentities(declarer, identitiesOf(roster));
    if (conflict !== null) throw new ArgumentError(conflict);
    if (alsoIn.length > 0) await warnOfDouble(declarer.resource, alsoIn);
    const { protect: _people, ...limits } = guards;
    const fingerprint = await rosterStore().put(canonicalRoster(roster));
    await announcePhase(fingerprint, pulumi.runtime.isDryRun() ? "preview" : "update");
    return { fingerprint, developerCount: roster.developers.size, prune, strategy, guards: limits, forceDestroy };
  } catch (error) {
    if (!isUserError(error)) throw error;
    const nothing = { fingerprint: "", developerCount: 0, prune: "none", strategy: "auto", guards: {} } as const;
    // The engine puts words of its own before this, so what has several lines starts on a new one.
    const problem = error.message.includes("\n") ? `the source is not valid\n${error.message}` : error.message;
    return { ...nothing, forceDestroy, problem };
  }
}
