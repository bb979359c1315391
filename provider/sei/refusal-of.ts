import type { Connection } from "./connection.js";
import { SeiError } from "./errors/sei-error.js";
import type { SeiRequest } from "./transport/request.js";

/** What the API refuses a request with; null: it is answered. */
export async function refusalOf({ call }: Pick<Connection, "call">, request: SeiRequest): Promise<SeiError | null> {
  try {
    await call(request);
    return null;
  } catch (error) {
    if (error instanceof SeiError) return error;
    throw error;
  }
}

/** The words of a refusal without what changes from request to request: two paths get the same ones for the same reason. */
export function wordsOf({ message }: SeiError, path: string): string {
  return message.replaceAll(path, "").replace(/[\d:.TZ-]+/g, "");
}
