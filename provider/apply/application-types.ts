import type { DesiredRoster } from "../roster/desired-roster.js";
import type { SeiWriter, WritableIdentity } from "../sei/writer.js";

/**
 * The same writer, which says of every identity what kind of tool its integration is, as far as that is declared: the
 * previous generation of the API needs it.
 *
 * @param writer a plain object
 */
export function withApplicationTypes(writer: SeiWriter, types: DesiredRoster["applicationTypes"]): SeiWriter {
  if (types === undefined) return writer;
  const typed = (one: WritableIdentity): WritableIdentity => {
    const applicationType = types.get(one.integrationId);
    return applicationType === undefined ? one : { ...one, applicationType };
  };
  return { ...writer, setIdentities: (identities) => writer.setIdentities(identities.map(typed)) };
}
