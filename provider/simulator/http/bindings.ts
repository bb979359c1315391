import type { HttpBindings } from "@hono/node-server";
import type { RowFault } from "../faults/fault.js";

/** What a handler finds in `c.env`. */
export interface Bindings extends HttpBindings {
  /** The faults of this request that concern the rows of its answer. */
  readonly rowFaults: readonly RowFault[];
}
