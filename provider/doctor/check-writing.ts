import type { Finding } from "./check.js";

/**
 * May the key write? No answer to a read says so: the documents know no request about a key, and the scopes are not in
 * any header. A writing request that is meant to fail might succeed, so none is sent.
 */
export function checkWriting(): Finding {
  return {
    status: "unknown",
    says: "not tried: only a write would tell, and this command sends none",
    todo: "An apply needs the scope developer_records:write (for instance the role SEI Admin).",
  };
}
